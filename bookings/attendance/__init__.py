"""Which agencies a party meets: dated rules by age and track, legal bases."""
