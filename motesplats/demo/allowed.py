"""Whether the demo, whose password is published, may be filled into this database."""

from urllib.parse import urlsplit

from django.conf import settings

from agencies.models import User
from motesplats.demo.staff import PASSPHRASE, sign_ins

LOCAL = {"localhost", "127.0.0.1", "::1"}


class NotForTheDemo(Exception):
    """This installation is, or may be, a real one; the message says why."""


def refuse_real_installation(*, asked: bool) -> None:
    """Raise NotForTheDemo unless it was asked for, the address is not a public one, and nobody real is there."""
    if not asked:
        raise NotForTheDemo(
            "its users have a published password; say --demo, or DEMO=true, to fill it in all the same"
        )
    address = urlsplit(settings.BASE_URL)
    if address.scheme == "https" and address.hostname not in LOCAL:
        raise NotForTheDemo(f"{settings.BASE_URL} is a public address")
    if _has_real_users():
        raise NotForTheDemo("there are users who are not the demo's")


def _has_real_users() -> bool:
    """Whether there are other users than the demo's, and the demo has never been here."""
    names = {sign_in.username for sign_in in sign_ins()}
    if not User.objects.exclude(username__in=names).exists():
        return False
    return not any(user.check_password(PASSPHRASE) for user in User.objects.filter(username__in=names))
