"""What members and admins read: one file of messages a language, and what turns them into sentences."""
