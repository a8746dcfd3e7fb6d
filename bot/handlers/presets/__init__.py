"""Presets: the menu in the settings, and what is done with them under a picture."""
