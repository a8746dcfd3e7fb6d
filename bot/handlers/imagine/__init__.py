"""Turns messages into requests: /imagine, plain text, and answers to what cannot be drawn."""
