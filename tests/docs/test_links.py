"""Every link of README, CONTRIBUTING and docs leads to a file and a heading; every page can be reached."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ..cases import for_each

ROOT = Path(__file__).parents[2]
README = ROOT / "README.md"
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
DOCS = ROOT / "docs"
PAGES = [*sorted(DOCS.glob("*.md")), ROOT / "simhouse" / "host" / "README.md"]
PICTURES = sorted(DOCS.glob("*.png"))


def text_of(page: Path) -> str:
    """A page without its blocks of code."""
    return re.sub(r"^ *```.*?^ *```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


def links_of(page: Path) -> list[str]:
    """Where the links of a page lead to, those within the repository."""
    targets = re.findall(r"\]\(([^)\s]+)\)", text_of(page))
    return [target for target in targets if "://" not in target]


def anchors_of(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them; of two alike the second has a number behind it."""
    found: set[str] = set()
    for heading in re.findall(r"^#+ (.*)$", text_of(page), re.MULTILINE):
        plain = re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", heading).strip().lower()
        anchor = re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")
        found.add(f"{anchor}-{sum(each.startswith(anchor) for each in found)}" if anchor in found else anchor)
    return found


def leads_to(page: Path, link: str) -> Path:
    """The file behind a link."""
    name, _, _ = link.partition("#")
    return (page.parent / name).resolve() if name else page


def is_broken(page: Path, link: str) -> bool:
    """Whether a link leads to no file, or to no heading of it."""
    target, anchor = leads_to(page, link), link.partition("#")[2]
    if not target.exists():
        return True
    return bool(anchor) and (target.suffix != ".md" or anchor not in anchors_of(target))


@for_each("page", [README, CONTRIBUTING, *PAGES])
def test_each_link_leads_somewhere(page):
    assert not [link for link in links_of(page) if is_broken(page, link)]


def test_each_page_and_picture_can_be_reached_from_the_readme():
    reached, found = {README}, [README]
    while found:
        page = found.pop()
        new = {leads_to(page, link) for link in links_of(page)} - reached
        reached |= new
        found += [each for each in new if each.suffix == ".md" and each.exists()]
    assert [each.name for each in (*PAGES, *PICTURES) if each not in reached] == []


@pytest.mark.parametrize(
    "link", ["docs/nowhere.md", "docs/glossary.md#no-such-heading", "#no-such-heading", "Makefile#install"]
)
def test_a_broken_link_is_found(link):
    assert is_broken(README, link)


def test_a_link_that_is_right_is_none_of_them():
    assert len(links_of(README)) > 20
    assert not is_broken(README, "docs/glossary.md#signs-and-units")
