"""The game in which members hear a clip without its title and guess its genre against the bot."""
