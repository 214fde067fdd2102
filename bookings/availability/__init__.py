"""Working hours and claims of desks, rooms and interpreters, and the planner's problem made of them."""
