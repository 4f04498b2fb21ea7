"""The schema of CONFIG, by topic; `fusebox.read_config` is its front door."""
