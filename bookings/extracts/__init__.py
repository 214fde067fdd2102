"""What the tables of this app hold about one person, in sections."""
