"""`python -m simhouse detect ENTITY-DUMP`: a CONFIG to begin with, from what a Home Assistant shows.

The dump is JSON: the list that /api/states gives, or a map {entity id: {"state": ..., "attributes": ...}}.
"""

import argparse
import importlib
import json
import sys
from pathlib import Path

from ..host.package_path import reach_package


def main(argv: list[str]) -> int:
    """Print the CONFIG with its doubts, and the reason for each guess, or write it to a new file.

    2 when the dump cannot be read, the file exists or cannot be written, or there is no meter to write.
    """
    parser = argparse.ArgumentParser(prog="python -m simhouse detect", description=__doc__)
    parser.add_argument("dump", metavar="ENTITY-DUMP", help="a JSON file, or - for the standard input")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="text, config, reasons and doubts as one JSON object")
    form.add_argument("--write", metavar="FILE", help="a new file to write as site_config.py")
    wanted = parser.parse_args(argv)
    reach_package()
    try:
        text = sys.stdin.read() if wanted.dump == "-" else Path(wanted.dump).read_text(encoding="utf-8-sig")
        found = importlib.import_module("fusebox.detect").detect(json.loads(text))
    except (OSError, ValueError, RecursionError) as error:
        print(f"{wanted.dump}: not an entity dump: {error}", file=sys.stderr)
        return 2
    if wanted.json:
        print(json.dumps(found.as_response(), ensure_ascii=False))
        return 0
    printable = importlib.import_module("fusebox.detect.found").printable
    text = "\n".join([found.text, *(f"# {printable(reason)}" for reason in found.reasons)])
    if wanted.write is None:
        print(text)
        return 0
    if not found.has_meter:
        print(f"{wanted.dump}: no meter was found, so nothing is written", file=sys.stderr)
        return 2
    try:
        with open(wanted.write, "x", encoding="utf-8") as file:
            file.write(f"{text}\n")
    except OSError as error:
        print(f"{wanted.write}: not written: {error.strerror}", file=sys.stderr)
        return 2
    return 0
