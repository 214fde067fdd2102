"""What agencies do with a party (ärenden): which agency offers a service, and how long it takes."""
