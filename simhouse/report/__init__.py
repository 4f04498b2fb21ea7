"""Reports on a run for a person: tables, verdicts, pictures."""
