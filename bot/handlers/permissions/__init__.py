"""Who may use the bot, administer a chat, or press a button."""
