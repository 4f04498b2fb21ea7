"""The shape of the house: who looks at whom, how large and how winding things are. Read from the sources."""
