"""The viewer of a transaction, which row level security reads; and encryption of stored secrets."""
