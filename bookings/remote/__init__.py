"""Which meetings an agency holds by telephone or video, as its manager says."""
