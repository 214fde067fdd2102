"""What a newcomer answers to the summons: yes, another time, help."""
