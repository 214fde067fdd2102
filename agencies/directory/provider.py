"""An agency's own sign-in: whoever writes where it is, a second person switches it on."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.directory.entries import AgencyEntry
from agencies.directory.saving import AgencyKeptByOthers, lock_seen, next_version
from agencies.models import IdentityProvider, User
from agencies.refusals import Refusal
from agencies.secrecy.sealing import seal
from agencies.sites.saving import ValueNotAllowed, check


class SecondPersonNeeded(Refusal):
    """Who writes a provider could sign in as any colleague through it; so another person switches it on."""

    kind = "second-person-needed"
    status = 409

    def __init__(self) -> None:
        super().__init__(
            _(
                "You wrote this yourself. Another person switches it on: a manager of the agency or the secretariat."
            )
        )


def provider_of(entry: AgencyEntry) -> IdentityProvider | None:
    """The agency's provider, if it has one; one query."""
    return IdentityProvider.objects.select_related("written_by").filter(agency=entry.agency).first()


@transaction.atomic
def write_provider(
    *, entry: AgencyEntry, values: Mapping[str, Any], secret: str, seen: int, by: User, at: datetime
) -> None:
    """Write issuer, client id and the rest; an empty secret keeps the present one. It is off until switched on.

    Raises ValueNotAllowed, and what every change of the page raises.
    """
    lock_seen(entry, seen, by=by)
    if entry.agency is None:
        raise AgencyKeptByOthers
    row = provider_of(entry) or IdentityProvider(agency=entry.agency)
    before = {name: getattr(row, name) for name in values}
    if row.pk and not secret and before == dict(values):
        return
    require_https(values["issuer"])
    for name, value in values.items():
        setattr(row, name, value)
    if secret or not row.sealed_secret:
        row.sealed_secret = seal(secret)
    row.is_on, row.written_by = False, by
    check(row)
    row.save()
    next_version(entry)


@transaction.atomic
def switch_provider(*, entry: AgencyEntry, on: bool, seen: int, by: User, at: datetime) -> None:
    """Let staff sign in there, or no longer. Raises SecondPersonNeeded, and what every change of the page raises."""
    lock_seen(entry, seen, by=by)
    row = provider_of(entry)
    if row is None:
        raise ValueNotAllowed(_("The agency has no sign-in of its own."))
    if on and row.written_by_id == by.pk:
        raise SecondPersonNeeded
    row.is_on = on
    row.save()
    next_version(entry)


def require_https(issuer: str) -> None:
    """Raises ValueNotAllowed for an address without https, unless this installation itself has none (at a desk)."""
    if settings.HTTPS and not issuer.startswith("https://"):
        message = _("The address begins with https://.")
        raise ValueNotAllowed(message, errors={"issuer": [message]})
