"""The commands of `python -m simhouse`, one file each."""
