"""What every script needs of the world: ports, files, a store over reloads, live values, a log that is seldom."""
