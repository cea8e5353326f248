"""Where requests are answered: interactions, replies to messages, and channels that are listened to."""
