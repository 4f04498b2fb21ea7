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
    """Print the CONFIG with its doubts, and the reason for each guess; 2 when the dump cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m simhouse detect", description=__doc__)
    parser.add_argument("dump", metavar="ENTITY-DUMP", help="a JSON file, or - for the standard input")
    parser.add_argument("--json", action="store_true", help="text, config, reasons and doubts as one JSON object")
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
    print(found.text)
    printable = importlib.import_module("fusebox.detect.found").printable
    print("\n".join(f"# {printable(reason)}" for reason in found.reasons))
    return 0
