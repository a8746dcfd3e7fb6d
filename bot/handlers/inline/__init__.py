"""What is drawn and shared in chats that the bot is no member of: inline queries, their results, guest questions."""
