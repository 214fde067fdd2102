"""What the tables of bookings hold about one person, for an extract."""
