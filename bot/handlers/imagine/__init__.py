"""From a message to a request: /imagine, plain text, and answers to what cannot be drawn."""
