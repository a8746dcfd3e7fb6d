"""Prompts: flags, refinement history, shortening and blocked words."""
