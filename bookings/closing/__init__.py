"""What is booked ahead at a place that is to close or pause, and asking its agencies to move it."""
