"""Long jobs: many tracks that are listened to one after the other, behind everybody who waits for an answer."""
