"""What every handler gets before it runs: the sender, the press, and the services."""
