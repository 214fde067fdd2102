"""The joint summons: what it says, how it looks, how it is printed."""
