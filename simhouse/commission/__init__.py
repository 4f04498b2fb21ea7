"""A house wired differently from its CONFIG, and the test that finds the differences."""
