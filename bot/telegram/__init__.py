"""Everything between the bot and a Bot API server: intake, flood control and the outbox."""
