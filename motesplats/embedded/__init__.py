"""Real PostgreSQL and Redis as embedded parts, and the small launcher that runs everything on one machine."""
