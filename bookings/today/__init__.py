"""The start page of staff: the day's meetings and check-in."""
