"""For operators: logs, metrics, health endpoints."""
