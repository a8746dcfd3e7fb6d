"""Telegram's rate limits: budgets, priorities, and the order in which calls leave."""
