"""The commands of `python -m simhouse`, a file each."""
