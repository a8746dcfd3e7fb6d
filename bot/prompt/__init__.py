"""What people type, and what a conversation of requests adds up to."""
