"""Rules of the whole installation, kept by the secretariat: dated, and never changed backwards."""
