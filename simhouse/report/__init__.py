"""What a person sees of a run: tables, verdicts, pictures."""
