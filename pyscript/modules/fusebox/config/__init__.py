"""The schema of CONFIG, by topic; its entry point is `fusebox.config.read_config`."""
