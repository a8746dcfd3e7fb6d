"""Servers that people host themselves."""
