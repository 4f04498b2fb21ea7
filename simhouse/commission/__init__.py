"""A house that is wired otherwise than its CONFIG says, and the test that finds out where."""
