"""PostgreSQL, and Redis as the cache."""

from motesplats.settings.base import env

# One database, two sign-ins: the app's role owns nothing; the migrator owns the tables and only migrates.
ADDRESS = env.db_url("DATABASE_URL")
DATABASES = {
    "default": {
        **ADDRESS,
        "OPTIONS": {"connect_timeout": 5} | ADDRESS.get("OPTIONS", {}),  # seconds
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"MIRROR": "migrator"},
    },
    "migrator": {
        **env.db_url("MIGRATOR_DATABASE_URL", default=env("DATABASE_URL")),
        "TEST": {"DEPENDENCIES": []},
    },
}
DATABASE_ROUTERS: list[str] = []
PGHISTORY_CREATED_AT_FUNCTION = "viewer_moment()"

REDIS_URL = env("REDIS_URL")
CACHES = {"default": {"BACKEND": "motesplats.cache.ForgivingCache", "LOCATION": REDIS_URL}}
