"""Makes sounds that are no music, by command: tones, clicks, noise, rooms and speech to learn the difference from."""
