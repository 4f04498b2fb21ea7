"""Messages for people: the one place that turns a code and its values into a sentence."""
