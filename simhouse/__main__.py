"""`python -m simhouse COMMAND ...`: each command is a module of its own, imported when asked for."""

import importlib
import importlib.util
import sys

COMMANDS = {
    "demo": "simhouse.demo",
    "detect": "simhouse.detect_command",
    "easee-ids": "simhouse.easee_ids_command",
    "faults": "simhouse.faults_command",
    "host": "simhouse.host_command",
    "replay": "simhouse.replay_command",
    "scenarios": "simhouse.scenarios_command",
    "sweep": "simhouse.sweep_command",
}


def main(argv: list[str]) -> int:
    """Run the command that `argv` names with the arguments after it; returns the exit status."""
    available = [name for name, module in COMMANDS.items() if importlib.util.find_spec(module) is not None]
    if not argv or argv[0] not in available:
        print(f"usage: python -m simhouse {{{','.join(available)}}} ...", file=sys.stderr)
        return 2
    return importlib.import_module(COMMANDS[argv[0]]).main(argv[1:])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
