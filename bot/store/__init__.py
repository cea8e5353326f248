"""What outlives a restart: SQLAlchemy models, migrations and the operations on them."""
