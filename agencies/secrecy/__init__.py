"""For whom a transaction acts, which row level security asks; and encryption of stored secrets."""
