"""System checks of the installation's keys and gateways."""

import re
from collections.abc import Iterator
from email.utils import parseaddr
from itertools import combinations
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

KEYS = ("SECRET_KEY", "LINK_KEY", "SEALING_KEY")
SHORTEST = 32  # characters
FEWEST = 8  # different ones
RETURNS = re.compile(r"[a-z0-9._-]{1,15}@[a-z0-9.-]+", re.IGNORECASE)


def check_keys(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """An error for each key that is empty, short or monotonous, and for each two that are the same."""
    return [*_weak_keys(), *_same_keys()]


def _weak_keys() -> Iterator[CheckMessage]:
    for name in KEYS:
        key = getattr(settings, name)
        if len(key) < SHORTEST or len(set(key)) < FEWEST:
            yield Error(
                f"{name} is empty or easily guessed.",
                hint=f"Give it at least {SHORTEST} random characters; its {name}_FALLBACKS may hold the former one.",
                id="motesplats.E001",
            )


def _same_keys() -> Iterator[CheckMessage]:
    for one, other in combinations(KEYS, 2):
        if getattr(settings, one) == getattr(settings, other):
            yield Error(
                f"{one} and {other} are the same.",
                hint="Give each a random text of its own, so that one can be changed without the other.",
                id="motesplats.E002",
            )


def check_gateways(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """An error for a gateway of which half is said."""
    return [*_sms_gateway(), *_mail_server(), *_mail_back()]


def _sms_gateway() -> Iterator[CheckMessage]:
    if not settings.SMS_URL:
        return
    lacks = [name for name in ("SMS_USER", "SMS_PASSWORD", "SMS_FROM") if not getattr(settings, name)]
    if lacks:
        yield Error(f"SMS_URL is given without {', '.join(lacks)}.", id="motesplats.E003")
    if settings.HTTPS and not settings.SMS_URL.startswith("https://"):
        yield Error(
            "SMS_URL is not at https://: texts and password are read on the way.",
            id="motesplats.E004",
        )
    if settings.REPLY_SECRET and len(settings.REPLY_SECRET) < SHORTEST:
        yield Error(
            f"REPLY_SECRET is short: whoever guesses it answers for families. Give it at least {SHORTEST} characters.",
            id="motesplats.E005",
        )


def _mail_server() -> Iterator[CheckMessage]:
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    if settings.EMAIL_URL and sender.endswith("@localhost"):
        yield Error("EMAIL_URL is given without EMAIL_FROM, the sender of the mail.", id="motesplats.E006")


def _mail_back() -> Iterator[CheckMessage]:
    if settings.RETURN_ADDRESS and not RETURNS.fullmatch(settings.RETURN_ADDRESS):
        yield Error(
            "RETURN_ADDRESS is no address of a mailbox of at most 15 letters and digits.",
            hint="As svar@example.se: + and 48 characters are put before its @, where 64 have room.",
            id="motesplats.E007",
        )
    if settings.MAIL_SECRET and len(settings.MAIL_SECRET) < SHORTEST:
        yield Error(
            f"MAIL_SECRET is short: whoever guesses it posts mail to us. Give it at least {SHORTEST} characters.",
            id="motesplats.E008",
        )
