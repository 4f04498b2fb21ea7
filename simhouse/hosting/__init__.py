"""The parts of the embedded pyscript host; `simhouse.pyscript_host` puts them together."""
