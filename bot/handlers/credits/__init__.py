"""Credits: what people have, what they buy with Telegram Stars, and questions about payments."""
