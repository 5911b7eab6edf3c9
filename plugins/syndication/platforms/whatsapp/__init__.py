"""WhatsApp channels, posted by hand."""
