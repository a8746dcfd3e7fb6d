"""Tables, column types, and statements that are built once."""
