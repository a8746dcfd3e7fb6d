"""Accepting a request: validation, parameters, and the budget."""
