"""PostgreSQL: the engine, advisory locks, LISTEN, and the work queue."""
