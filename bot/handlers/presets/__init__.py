"""Presets: the menu in the settings, and the buttons under a picture."""
