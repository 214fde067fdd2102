"""Guessing is slowed down and nobody is locked out: each wrong try makes the next ones wait longer.

Counted are wrong tries by user and address together, by address, and by user. What strangers do to a user's name makes
that user wait seconds at most, and not at all on a device that has signed in as this user before.
"""

from dataclasses import dataclass
from hashlib import sha256
from math import ceil
from secrets import token_urlsafe

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

TOO_OFTEN = "too_often"
FORGOTTEN = 15 * 60  # seconds after the last wrong try
DEVICE_KEPT = 90 * 24 * 3600  # seconds
DEVICE_SALT = "agencies.sign_in.device"


@dataclass(frozen=True, slots=True)
class Limit:
    """How often a wrong try is free, and how many seconds the next ones wait: `first`, doubled up to `longest`."""

    name: str
    free: int
    first: int
    longest: int

    def wait_after(self, wrong: int) -> int:
        """The seconds between the last of so many wrong tries and the next one."""
        if wrong < self.free:
            return 0
        return min(self.first << min(wrong - self.free, 20), self.longest)


AT_ADDRESS = Limit("user-and-address", free=5, first=5, longest=300)
ON_DEVICE = Limit("device", free=5, first=5, longest=300)
OF_ADDRESS = Limit("address", free=50, first=1, longest=60)
OF_USER = Limit("user", free=20, first=1, longest=5)
OF_CODE = Limit("code", free=5, first=5, longest=300)


class TooOften(Exception):
    """It is too early for the next try; `wait` is in seconds."""

    def __init__(self, wait: int) -> None:
        super().__init__(wait)
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Tries:
    """The counters of one kind of try."""

    counters: tuple[tuple[Limit, str], ...]

    def take_turn(self, *, at: float) -> None:
        """Count a try as wrong, before it is checked. Raises TooOften; then it is not counted. `at` is UNIX seconds."""
        counts = [(limit, key, *cache.get(key, (0, 0.0))) for limit, key in self.counters]
        waits = [last + limit.wait_after(wrong) - at for limit, _key, wrong, last in counts]
        if max(waits) > 0:
            raise TooOften(ceil(max(waits)))
        for limit, key, wrong, _last in counts:
            # Of tries that come at the same moment only one gets a turn that had to be waited for.
            if limit.wait_after(wrong) and not cache.add(f"{key}:{wrong}", True, timeout=FORGOTTEN):
                raise TooOften(limit.wait_after(wrong + 1))
            cache.set(key, (wrong + 1, at), timeout=FORGOTTEN)

    def give_back(self) -> None:
        """The try was right: the own counter begins anew, those that are shared with others lose this one."""
        (_limit, own), *shared = self.counters
        cache.delete_many([own, *(f"{own}:{number}" for number in range(AT_ADDRESS.free, 40))])
        for _shared, key in shared:
            wrong, last = cache.get(key, (0, 0.0))
            if wrong:
                cache.set(key, (wrong - 1, last), timeout=FORGOTTEN)
                cache.delete(f"{key}:{wrong - 1}")


def count_try(tries: Tries) -> None:
    """Count a try as wrong until `give_back`. Raises ValidationError, with the seconds to wait, if it is too early."""
    try:
        tries.take_turn(at=timezone.now().timestamp())
    except TooOften as early:
        message = _("Too many wrong tries. Try again in %(wait)s seconds.")
        raise ValidationError(message, code=TOO_OFTEN, params={"wait": early.wait}) from None


def password_tries(request: HttpRequest, *, username: str, address: str) -> Tries:
    """The counters of a password for this (folded) user name."""
    if device := device_of(request, username=username):
        return Tries(((ON_DEVICE, _key(ON_DEVICE, username, device)),))
    return Tries(
        (
            (AT_ADDRESS, _key(AT_ADDRESS, username, address)),
            (OF_ADDRESS, _key(OF_ADDRESS, address)),
            (OF_USER, _key(OF_USER, username)),
        )
    )


def code_tries(*, user: int) -> Tries:
    """The counter of a second factor; nobody comes that far without the password."""
    return Tries(((OF_CODE, _key(OF_CODE, str(user))),))


def device_of(request: HttpRequest, *, username: str) -> str:
    """What this device was called when it last signed in as this user, or ""."""
    kept = request.get_signed_cookie(settings.DEVICE_COOKIE_NAME, "", salt=DEVICE_SALT, max_age=DEVICE_KEPT)
    name, _dot, device = (kept or "").partition(".")
    return device if name == _short(username) else ""


def remember_device(response: HttpResponse, *, username: str) -> None:
    """Let the device keep that it has signed in as this user, which opens nothing."""
    response.set_signed_cookie(
        settings.DEVICE_COOKIE_NAME,
        f"{_short(username)}.{token_urlsafe(12)}",
        salt=DEVICE_SALT,
        max_age=DEVICE_KEPT,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )


def _key(limit: Limit, *parts: str) -> str:
    return f"guesses:{limit.name}:{_short('|'.join(parts))}"


def _short(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:32]
