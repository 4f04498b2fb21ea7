"""Other ways to balance a house, in the place of the scripts: ideas and constants of others, all code our own."""
