"""What can be told of many tracks by how they sound: pure functions of arrays."""
