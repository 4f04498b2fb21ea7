"""The shape of the code, read from its sources: dependencies, sizes and complexity."""
