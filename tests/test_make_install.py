"""`make install DEST=`: what a user has written is never touched."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from simhouse.host.pyscript_host import HostSession

ROOT = Path(__file__).parent.parent


def install(destination: Path | str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["make", "-s", "install", f"DEST={destination}"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_the_first_install_copies_the_scripts_and_an_example(tmp_path: Path) -> None:
    done = install(tmp_path)
    assert done.returncode == 0, done.stderr
    modules = tmp_path / "pyscript" / "modules"
    assert (modules / "site_config.py").read_text() == (ROOT / "config_examples" / "first_site.py").read_text()
    shipped = {p.relative_to(ROOT / "pyscript") for p in (ROOT / "pyscript").rglob("*.*") if p.suffix != ".pyc"}
    installed = {p.relative_to(tmp_path / "pyscript") for p in (tmp_path / "pyscript").rglob("*.*")}
    assert installed == shipped | {Path("modules/site_config.py")}
    assert {
        Path(f"modules/fusebox/{file}")
        for file in ("model/messages/strings.json", "config/makes.json", "detect/signs.json")
    } <= installed


def test_an_update_keeps_the_users_config_and_scripts_and_leaves_no_old_file(tmp_path: Path) -> None:
    install(tmp_path)
    modules = tmp_path / "pyscript" / "modules"
    (modules / "site_config.py").write_text("CONFIG = {}  # mine\n")
    (tmp_path / "pyscript" / "my_own.py").write_text("# mine\n")
    (modules / "fusebox" / "of_an_old_version.py").write_text("")
    done = install(tmp_path)
    assert "kept" in done.stdout
    assert (modules / "site_config.py").read_text() == "CONFIG = {}  # mine\n"
    assert (tmp_path / "pyscript" / "my_own.py").exists()
    assert not (modules / "fusebox" / "of_an_old_version.py").exists()
    assert not list(modules.glob(".fusebox*"))


def test_what_is_installed_runs(tmp_path: Path) -> None:
    install(tmp_path)
    pyscript = tmp_path / "pyscript"
    with HostSession(config=pyscript / "modules" / "site_config.py", scripts=pyscript) as host:
        answer = host.line({"t": 0})
    assert answer["states"]["sensor.fusebox_site"]["attributes"]["errors"] == []


def test_a_shell_is_enough(tmp_path: Path) -> None:
    """The terminal of Home Assistant OS has no make, and one may be in any folder."""
    folder = tmp_path / "with a space"
    folder.mkdir()
    done = subprocess.run(["sh", str(ROOT / "install.sh"), str(folder)], cwd=tmp_path, capture_output=True, check=True)
    assert b"wrote an example" in done.stdout
    assert (folder / "pyscript" / "modules" / "fusebox" / "control" / "control.py").exists()


def test_a_folder_that_is_no_config_directory_is_doubted(tmp_path: Path) -> None:
    assert "LOOK: " in install(tmp_path).stdout
    (tmp_path / "configuration.yaml").write_text("")
    said = install(tmp_path).stdout
    assert "LOOK: " not in said
    assert "sensor.fusebox_site" in said


def test_what_the_page_says_removes_all_but_the_users_own(tmp_path: Path) -> None:
    install(tmp_path)
    (tmp_path / "pyscript" / "my_own.py").write_text("# mine\n")
    (tmp_path / "secrets.yaml").write_text("")
    made = [".storage/fusebox.plans", "packages/fusebox.yaml", "packages/mine.yaml", ".storage/core.config"]
    for path in (*made, "pyscript/modules/site_config.proposed.py"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text("")
    removing = re.findall(r"^rm .*$", (ROOT / "docs" / "install.md").read_text(encoding="utf-8"), re.MULTILINE)
    subprocess.run(["sh", "-e", "-c", "\n".join(removing)], cwd=tmp_path, check=True)
    left = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    kept = {"packages/mine.yaml", ".storage/core.config"}
    assert left == {"pyscript/modules/site_config.py", "pyscript/my_own.py", "secrets.yaml", *kept}


def test_a_missing_or_wrong_destination_is_a_sentence(tmp_path: Path) -> None:
    for destination in ("", tmp_path / "nowhere"):
        done = install(destination)
        assert done.returncode != 0
        assert "DEST" in done.stdout or "Home Assistant config directory" in done.stdout
