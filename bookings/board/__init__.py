"""The board of a location's day: who is here, in a meeting or late at each desk, live for all who look."""
