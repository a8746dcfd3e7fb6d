"""One request from its placeholder to its outcome."""
