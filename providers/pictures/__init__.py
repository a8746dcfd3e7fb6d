"""Pictures from outside: fetching, decoding, sizes."""
