"""Hosted APIs."""
