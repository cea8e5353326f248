"""The bot without Discord: a channel in the browser, on the machine that it runs on."""
