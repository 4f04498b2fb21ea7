"""The parts of the embedded pyscript host; `simhouse.host.pyscript_host` combines them."""
