"""Other ways to balance a house, replacing the scripts: published ideas and constants, all code our own."""
