"""The integration in custom_components/fusebox: what of it is plain Python. The rest is tested in tests/true_ha."""
