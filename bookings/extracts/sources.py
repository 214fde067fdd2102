"""Extract: one person's data as one agency holds it, asked for by its staff and written out by a worker."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from functools import partial

from celery import current_app
from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from agencies.models import User
from agencies.refusals import Refusal
from bookings.extracts.sections import Section, section
from bookings.models import (
    Chain,
    Disclosure,
    Event,
    ExpectedParty,
    Extract,
    Meeting,
    Newcomer,
    OwnReading,
    Party,
    Summons,
)
from bookings.parties.register import NoAgency

STILL_WAITED_FOR = timedelta(minutes=5)


class IdentityProtected(Refusal):
    """Who the person is lies sealed."""

    kind = "identity-protected"


def ask_extract(*, newcomer: Newcomer, by: User, at: datetime) -> Extract:
    """Let a worker extract what the user's agency holds about the person; one that is being made is waited for.

    Raises NoAgency or IdentityProtected.
    """
    _require_answerable(newcomer, by=by)
    waited_for = Extract.objects.filter(
        newcomer=newcomer, asked_by=by, made_at=None, asked_at__gt=at - STILL_WAITED_FOR
    )
    if extract := waited_for.first():
        return extract
    extract = Extract.objects.create(
        newcomer=newcomer, agency=by.agency, asked_by=by, asked_at=at, language=_language_of(newcomer)
    )
    transaction.on_commit(partial(_make_later, extract=extract.pk, user=by.pk), robust=True)
    return extract


def begin_extract(*, key: int, at: datetime) -> bool:
    """Say that it is being made; what is made already, or no longer seen, is not begun."""
    return bool(Extract.objects.filter(pk=key, made_at=None).update(begun_at=at))


def finish_extract(*, extract: Extract, sections: Iterable[Section], pdf: bytes, at: datetime) -> None:
    """Keep what was written out, until it is fetched or its time is up."""
    extract.content = {section.key: section.as_data() for section in sections}
    extract.pdf, extract.made_at = pdf, at
    extract.save(update_fields=["content", "pdf", "made_at"])


def sections_of(newcomer: Newcomer) -> Iterator[Section]:
    """What the tables of this app show the viewer of the person, in the active language."""
    yield section("person", _("The person"), [newcomer], "given_name family_name birth_date sex")
    party = Party.objects.select_related("municipality", "legal_basis").filter(pk=newcomer.party_id).first()
    yield from _of_owner(party) if party else _of_visited(newcomer)
    disclosures = Disclosure.objects.filter(Q(newcomer=None) | Q(newcomer=newcomer), party=newcomer.party_id)
    yield section(
        "disclosures",
        _("What one agency has shown another"),
        disclosures.select_related("discloser__municipality", "agency__municipality"),
        "discloser agency category source given_at until",
    )
    readings = OwnReading.objects.filter(person=newcomer.key).select_related("agency__municipality")
    yield section("readings", _("Who has read about the person"), readings, "agency at why")


def _of_owner(party: Party) -> Iterator[Section]:
    chains = Chain.objects.filter(party=party).select_related("site_day__location__site", "track")
    meetings = Meeting.objects.filter(chain__in=chains).select_related("chain", "agency__municipality")
    letters = Summons.objects.filter(chain__in=chains).select_related("chain")
    yield section(
        "party",
        _("The party"),
        [party],
        "reference registered_at language municipality legal_basis decided_on is_quota case_reference housing"
        " address phone email step_free extra_time caseworker_sex interpreter_sex override_reason",
    )
    yield section(
        "days", _("Days"), chains, "reference site_day track state booked_at cancelled_at cancel_reason"
    )
    yield section("meetings", _("Meetings"), meetings, "chain agency starts_at ends_at checked_in_at")
    yield section("letters", _("Letters"), letters, "chain version made_at")
    yield section("events", _("History"), Event.objects.filter(party=party), "at kind")


def _of_visited(newcomer: Newcomer) -> Iterator[Section]:
    visits = ExpectedParty.objects.filter(party_id=newcomer.party_id).select_related("agency__municipality")
    yield section(
        "meetings",
        _("Meetings"),
        visits,
        "chain_reference party_reference agency starts_at ends_at checked_in_at language step_free extra_time"
        " caseworker_sex interpreter_sex",
    )


def _require_answerable(newcomer: Newcomer, *, by: User) -> None:
    if by.agency is None:
        raise NoAgency(_("Only somebody who works for an agency extracts what it holds."))
    if _is_protected(newcomer.party_id):
        raise IdentityProtected(
            _(
                "This person's identity is protected, and nothing is written out. Turn to your manager, who answers."
            )
        )


def _is_protected(party: int) -> bool:
    """As the party's owner knows it, or the database of those who visit."""
    if Party.objects.filter(pk=party, is_protected=True).exists():
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM protected_visits WHERE party_id = %s)", [party])
        return cursor.fetchone()[0]


def _language_of(newcomer: Newcomer) -> str:
    """The party's, as its owner or whom it visits knows it."""
    owned = Party.objects.filter(pk=newcomer.party_id).values_list("language", flat=True)
    visited = ExpectedParty.objects.filter(party_id=newcomer.party_id).values_list("language", flat=True)
    return owned.first() or visited.first() or "sv"


def _make_later(*, extract: int, user: int) -> None:
    current_app.send_task("motesplats.tasks.make_extract", kwargs={"extract": extract, "user": user})
