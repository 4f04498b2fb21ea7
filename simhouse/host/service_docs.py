"""Service descriptions: as in pyscript, a docstring that starts with `yaml` describes the service."""

from functools import lru_cache
from typing import Any

try:
    import yaml
except ImportError:  # the host itself needs nothing but the standard library
    yaml = None  # type: ignore[assignment]
_UNREADABLE: tuple[type[Exception], ...] = () if yaml is None else (yaml.YAMLError,)


def describe(function_name: str, docstring: str | None, parameters: list[str]) -> dict[str, Any]:
    """Return the description that Home Assistant would show (do not change it); ValueError for unreadable YAML."""
    text = (docstring or f"pyscript function {function_name}()").lstrip()
    if not text.startswith("yaml"):
        return {"description": text, "fields": {name: {"description": f"argument {name}"} for name in parameters}}
    try:
        return _read(text.removeprefix("yaml").strip("\n"))
    except _UNREADABLE as error:
        raise ValueError(f"Unable to decode yaml doc_string for {function_name}(): {error}") from error


@lru_cache(maxsize=500)
def _read(text: str) -> dict[str, Any]:
    """Return parsed YAML, cached for each text and shared by all callers."""
    if yaml is None:
        return _read_mapping(_lines(text), 0)[0]
    return yaml.load(text, Loader=yaml.BaseLoader) or {}


def _lines(text: str) -> list[tuple[int, str]]:
    kept = [line for line in text.split("\n") if line.strip() and not line.lstrip().startswith("#")]
    return [(len(line) - len(line.lstrip()), line.strip()) for line in kept]


def _read_mapping(lines: list[tuple[int, str]], start: int) -> tuple[dict[str, Any], int]:
    """Return nested mappings of texts, which is all that service descriptions contain, and the next line's index."""
    found: dict[str, Any] = {}
    at = start
    while at < len(lines) and lines[at][0] >= lines[start][0]:
        indent, line = lines[at]
        key, colon, value = line.partition(":")
        if not colon:
            raise ValueError(f"Unable to decode yaml doc_string: {line!r}")
        at += 1
        deeper = at < len(lines) and lines[at][0] > indent
        if value.strip() in ("", "|", ">") and deeper and (value.strip() or not _is_mapping(lines[at][1])):
            parts = []
            while at < len(lines) and lines[at][0] > indent:
                parts.append(lines[at][1].removeprefix("- "))
                at += 1
            found[key] = parts if not value.strip() else " ".join(parts)
        elif deeper and not value.strip():
            found[key], at = _read_mapping(lines, at)
        else:
            found[key] = value.strip().strip("\"'")
    return found, at


def _is_mapping(line: str) -> bool:
    return not line.startswith("- ") and ":" in line
