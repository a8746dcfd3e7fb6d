"""Prepares pictures for Telegram: formats, sizes, previews, thumbnails and sheets."""
