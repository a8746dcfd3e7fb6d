"""The operators' (ADMIN_IDS) commands in their private chats: figures, people, models, reports, broadcasts."""
