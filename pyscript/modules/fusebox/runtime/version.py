"""The version of Fusebox: of the scripts, the simulated house and the dashboard card."""

VERSION = "1.0.0"
