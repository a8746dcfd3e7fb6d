"""Menus and commands about settings: /start, /model, /settings, /group, /forget."""
