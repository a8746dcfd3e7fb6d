"""Repositories: the statements of each table, returning frozen dataclasses."""
