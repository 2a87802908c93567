"""Sign-ins of staff: until when they hold, what renews them, what counts as fresh."""
