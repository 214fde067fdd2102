"""Free and claimed time of desks, rooms and interpreters, as the planner's problem."""
