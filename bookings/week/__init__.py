"""A location's week as a roster: who is on shift, what is booked against it, and what is edited there."""
