"""Changes of the code that the tests must notice: `python -m tests.mutants` makes each of them, one at a time."""
