"""What members can ask for: parse, defer, call, render."""
