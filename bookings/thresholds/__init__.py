"""The secretariat's page of thresholds, and what a new value touches in the days ahead."""
