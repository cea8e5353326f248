"""The cards, buttons and forms once more, as HTML for a web page: pure functions of what is sent to Discord."""
