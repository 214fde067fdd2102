"""What families answer to their summons: yes, another time, help; by the link, by text message, by telephone."""
