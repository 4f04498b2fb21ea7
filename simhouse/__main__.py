"""`python -m simhouse COMMAND ...`: each command is a module, imported when needed."""

import importlib
import importlib.util
import sys

from simhouse.host.package_path import reach_package

COMMANDS = {
    "commission": "simhouse.cli.commission",
    "demo": "simhouse.cli.demo",
    "detect": "simhouse.cli.detect",
    "easee-ids": "simhouse.cli.easee_ids",
    "faults": "simhouse.cli.faults",
    "host": "simhouse.cli.host",
    "replay": "simhouse.cli.replay",
    "scenarios": "simhouse.cli.scenarios",
    "sessions": "simhouse.cli.sessions",
    "sweep": "simhouse.cli.sweep",
}


def main(argv: list[str]) -> int:
    """Run the command that `argv` names with the arguments after it; returns the exit status."""
    if argv == ["--version"]:
        reach_package()
        print(f"simhouse {importlib.import_module('fusebox.runtime.version').VERSION}")
        return 0
    available = [name for name, module in COMMANDS.items() if importlib.util.find_spec(module) is not None]
    if not argv or argv[0] not in available:
        asked = argv in (["--help"], ["-h"])
        print(f"usage: python -m simhouse {{{','.join(available)}}} ...", file=sys.stdout if asked else sys.stderr)
        return 0 if asked else 2
    return importlib.import_module(COMMANDS[argv[0]]).main(argv[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
