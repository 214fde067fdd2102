"""Day reports: filled in from attendance when a day ends, corrected and locked by the day's staff, or typed."""
