"""One process that does it all: plain tasks."""
