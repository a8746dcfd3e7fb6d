"""What `imagine-bot check` looks at: settings, Telegram, the database, models."""
