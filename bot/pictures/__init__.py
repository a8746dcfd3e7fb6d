"""Pictures made fit for Telegram: formats, sizes, previews, thumbnails and sheets."""
