"""What stands round every request: its limits, its log line, its headers, and the answer when something fails."""
