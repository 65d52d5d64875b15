"""From an entry as read to what may be recorded."""
