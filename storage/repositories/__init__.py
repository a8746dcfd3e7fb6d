"""Repositories: the statements for each table; they return frozen dataclasses."""
