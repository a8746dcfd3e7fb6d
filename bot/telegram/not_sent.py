"""Calls that never left, so they certainly had no effect."""

# ruff: noqa: N818  (these read as what happened)


class NotSent(Exception):
    """The call never left."""


class TooLate(NotSent):
    """No budget before the call's deadline."""


class Withdrawn(NotSent):
    """Called back before it left: something newer took its place, or it is no longer this process's to make."""
