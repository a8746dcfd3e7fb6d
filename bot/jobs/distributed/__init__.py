"""Many processes on one PostgreSQL: the queue worker, its leases, and requests partly handled elsewhere."""
