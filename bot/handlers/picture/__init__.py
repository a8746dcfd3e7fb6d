"""Buttons under pictures, /history and /cancel."""
