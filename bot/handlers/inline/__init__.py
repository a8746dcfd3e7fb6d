"""Drawing and sharing in chats where the bot is not a member: inline queries, their results, guest questions."""
