"""SQLite: one file, one writer, pooled readers."""
