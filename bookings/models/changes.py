import pghistory

from agencies.models.changes import changes_of
from bookings.models.chains import Chain, Meeting
from bookings.models.disclosures import Disclosure
from bookings.models.parties import Newcomer, Party

# Rows come by verbs, which tell it as events; so a booking pays for no history. What a person said and why a day
# was cancelled stands in the events alone, where it can be blotted out.


class PartyChange(
    changes_of(
        Party,
        fields=[
            "language",
            "municipality",
            "legal_basis",
            "decided_on",
            "is_quota",
            "case_reference",
            "is_protected",
            "housing",
            "address",
            "phone",
            "email",
            "step_free",
            "extra_time",
            "caseworker_sex",
            "interpreter_sex",
        ],
    )
):
    class Meta:
        ordering = ["pgh_id"]


class NewcomerChange(
    changes_of(Newcomer, fields=["party", "given_name", "family_name", "birth_date", "sex"])
):
    class Meta:
        ordering = ["pgh_id"]


class ChainChange(
    changes_of(Chain, fields=["party", "site_day", "track", "interpreter", "state", "waiting_minutes"])
):
    class Meta:
        ordering = ["pgh_id"]


class MeetingChange(
    changes_of(
        Meeting,
        pghistory.UpdateEvent(row="OLD"),
        pghistory.DeleteEvent(),
        fields=[
            "chain",
            "agency",
            "service",
            "caseworker",
            "room",
            "who",
            "starts_at",
            "ends_at",
            "checked_in_at",
            "checked_in_by",
        ],
    )
):
    class Meta:
        ordering = ["pgh_id"]


class DisclosureChange(
    changes_of(
        Disclosure,
        pghistory.UpdateEvent(row="OLD"),
        pghistory.DeleteEvent(),
        fields=[
            "party",
            "newcomer",
            "discloser",
            "agency",
            "site",
            "category",
            "source",
            "given_at",
            "until",
        ],
    )
):
    class Meta:
        ordering = ["pgh_id"]
