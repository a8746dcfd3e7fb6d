"""The state of each model: health, circuit breakers, probes, and which model takes over (failover)."""
