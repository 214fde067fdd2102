"""What the tables of this app show the viewer of one person, as sections of an extract."""

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext as _

from bookings.extracts.sections import Section, section
from bookings.models import (
    Chain,
    Disclosure,
    Event,
    ExpectedParty,
    Meeting,
    Newcomer,
    OwnContact,
    OwnReading,
    Party,
    Summons,
    UnwantedInterpreter,
)


def sections_of(newcomer: Newcomer) -> Iterator[Section]:
    """The person, the party or the visits, disclosures and readings; titles in the active language."""
    yield section(
        "person", _("The person"), [newcomer], "given_name family_name birth_date sex letter_language"
    )
    party = Party.objects.select_related("municipality", "legal_basis").filter(pk=newcomer.party_id).first()
    yield from _of_owner(party, newcomer) if party else _of_visited(newcomer)
    disclosures = Disclosure.objects.filter(Q(newcomer=None) | Q(newcomer=newcomer), party=newcomer.party_id)
    yield section(
        "disclosures",
        _("What one office has shown another"),
        disclosures.select_related("discloser__municipality", "agency__municipality"),
        "discloser agency category source given_at until",
    )
    readings = OwnReading.objects.filter(person=newcomer.key).select_related("agency__municipality")
    yield section("readings", _("Who has read about the person"), readings, "agency at why")


def language_of(newcomer: Newcomer) -> str:
    """Of the person's letter: the own one, else the party's if the viewer's agency owns or expects it, else Swedish."""
    if newcomer.letter_language:
        return newcomer.letter_language
    owned = Party.objects.filter(pk=newcomer.party_id).values_list("language", flat=True)
    visited = ExpectedParty.objects.filter(party_id=newcomer.party_id).values_list("language", flat=True)
    return owned.first() or visited.first() or "sv"


def _of_owner(party: Party, newcomer: Newcomer) -> Iterator[Section]:
    chains = Chain.objects.filter(party=party).select_related("site_day__location__site", "track")
    meetings = Meeting.objects.filter(Q(person=None) | Q(person=newcomer), chain__in=chains)
    meetings = meetings.select_related("chain", "agency__municipality")
    letters = Summons.objects.filter(chain__in=chains).select_related("chain")
    yield section(
        "party",
        _("The party"),
        [party],
        "reference registered_at language interpreter_language needs_interpreter municipality legal_basis decided_on"
        " is_quota case_reference housing_kind housing address phone email step_free extra_time caseworker_sex"
        " interpreter_sex override_reason",
    )
    yield section("contact", _("Own contact"), OwnContact.objects.filter(newcomer=newcomer), "phone email")
    yield section(
        "days", _("Days"), chains, "reference site_day track state booked_at cancelled_at cancel_reason"
    )
    yield section(
        "meetings", _("Meetings"), meetings, "chain agency starts_at ends_at attendance checked_in_at"
    )
    unwanted = UnwantedInterpreter.objects.filter(party=party).select_related("interpreter")
    yield section("unwanted", _("Interpreters not wished for"), unwanted, "interpreter at")
    yield section("letters", _("Letters"), letters, "chain version made_at")
    yield section("events", _("History"), Event.objects.filter(party=party), "at kind")


def _of_visited(newcomer: Newcomer) -> Iterator[Section]:
    visits = ExpectedParty.objects.filter(
        Q(alone_id=None) | Q(alone_id=newcomer.pk), party_id=newcomer.party_id
    ).select_related("agency__municipality")
    yield section(
        "meetings",
        _("Meetings"),
        visits,
        "chain_reference party_reference agency starts_at ends_at attendance checked_in_at language"
        " interpreter_language needs_interpreter step_free"
        " extra_time caseworker_sex interpreter_sex",
    )
