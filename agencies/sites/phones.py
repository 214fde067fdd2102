"""The sites' telephones outside the database, for the page that says that the database is away."""

from django.core.cache import cache
from redis.exceptions import RedisError

from agencies.models import Site

KEY = "phones-of-sites"


def remember_phones() -> None:
    """Keep name and telephone of every site that has one; without Redis, do nothing."""
    phones = list(Site.objects.exclude(phone="").values_list("name", "phone"))
    try:
        cache.set(KEY, phones, timeout=None)
    except RedisError:
        return


def remembered_phones() -> list[tuple[str, str]]:
    """Name and telephone of each site, as last remembered; needs no database."""
    try:
        phones: list[tuple[str, str]] = cache.get(KEY, [])
    except RedisError:
        return []
    return phones
