"""The read log of parties, for newcomers and for the manager's spot checks."""
