"""What operators (ADMIN_IDS) do in their private chats: figures, people, models, reports, broadcasts."""
