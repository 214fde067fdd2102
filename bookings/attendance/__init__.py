"""Which agencies a party meets on a day, by its ages and track, and whether it may be summoned at all."""
