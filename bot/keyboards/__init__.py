"""What people press. Each keyboard stands beside the callback data that it emits."""
