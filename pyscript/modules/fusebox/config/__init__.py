"""The schema of CONFIG, by topic; `fusebox.config.read_config` is its front door."""
