"""The site's own production, its battery, and what both leave for whom. Pure."""
