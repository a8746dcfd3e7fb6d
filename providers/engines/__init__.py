"""Engines: one per wire protocol; a provider is a small declarative class on one of them."""
