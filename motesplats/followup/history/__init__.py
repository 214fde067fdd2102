"""Published and hand-kept totals as they were printed, and the results of 2016 to 2018 by year."""
