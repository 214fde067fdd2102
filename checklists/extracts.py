"""The sections of an extract about checklists and consents."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from bookings.extracts.sections import Section, section
from bookings.models import Newcomer, Party
from checklists.models import AgencyNote, ConsentEvent, Note, Part, Referral, Tick


def sections_of(newcomer: Newcomer) -> Iterator[Section]:
    """The sections that the viewer may see about the person: own steps and referrals, the notes, consents."""
    parts = Part.objects.filter(party_id=newcomer.party_id, is_own=True)
    own = {
        "checklist__chain__in": [part.chain_id for part in parts],
        "agency__in": {part.agency_id for part in parts},
    }
    ticks = Tick.objects.filter(**own).select_related("step", "agency__municipality", "outcome")
    referrals = Referral.objects.filter(**own).select_related("kind", "agency__municipality")
    notes = Note.objects.filter(party__in=Party.objects.filter(pk=newcomer.party_id))
    consents = ConsentEvent.objects.filter(newcomer=newcomer)
    yield section("steps", _("Checklist"), ticks, "step agency done_on outcome taken_back_at")
    yield section("referrals", _("Joint efforts"), referrals, "kind agency started_on")
    yield section("note", _("Note before the meeting"), notes, "text written_at")
    own_notes = AgencyNote.objects.filter(party=newcomer.party_id).select_related("agency__municipality")
    yield section("agency_notes", _("The office's own notes"), own_notes, "agency text written_at")
    yield section(
        "consents",
        _("Consents"),
        consents.select_related("discloser__municipality", "recipient__municipality"),
        "at kind discloser recipient category purpose until channel text",
    )
