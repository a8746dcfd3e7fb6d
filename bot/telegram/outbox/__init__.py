"""Messages out: placeholders, progress, pictures, and replies."""
