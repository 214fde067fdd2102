"""Messages to families: planned with each version of the summons, worded when they are sent, and their fate."""
