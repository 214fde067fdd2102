"""Who waits for a day at a site, which time has been given back, and how often families do not come."""
