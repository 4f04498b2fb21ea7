"""Fusebox and other controllers in hundreds of random homes (`simhouse/population`)."""
