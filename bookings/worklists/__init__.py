"""What waits to be done: wishes, calls, failed messages, days to move, and freed time for whoever waits."""
