"""The bot: from a message to an answer with its sentences."""
