"""References to desks and interpreters that do not identify anybody."""

from django.utils.crypto import salted_hmac


def opaque(site_day: int, resource: int) -> str:
    """The same for one resource all through a site day, another one the next day."""
    return salted_hmac("motesplats.opaque", f"{site_day}:{resource}", algorithm="sha256").hexdigest()[:12]
