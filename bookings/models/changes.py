import pghistory

from agencies.models.changes import changes_of, from_first_to_last
from bookings.models.chains import Chain, Meeting
from bookings.models.contacts import OwnContact
from bookings.models.disclosures import Disclosure
from bookings.models.parties import Newcomer, Party
from bookings.models.rules import AttendanceRule, LegalBasis, Precedence

# Inserts are not tracked, because the verbs write them as events and a booking should cost no more rows; those of own
# contacts are, which may come long after the adult. Free text such as the reason of a cancellation is not tracked
# either: it stands in the events, where it can be erased.


class PartyChange(
    changes_of(  # type: ignore[misc]  # the base is made at run time
        Party,
        fields=[
            "language",
            "interpreter_language",
            "needs_interpreter",
            "municipality",
            "legal_basis",
            "decided_on",
            "is_quota",
            "case_reference",
            "is_protected",
            "housing_kind",
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
    changes_of(  # type: ignore[misc]  # the base is made at run time
        Newcomer,
        fields=["party", "given_name", "family_name", "birth_date", "sex", "letter_language", "own_meetings"],
    )
):
    class Meta:
        ordering = ["pgh_id"]


class OwnContactChange(
    changes_of(  # type: ignore[misc]  # the base is made at run time
        OwnContact,
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(row="OLD"),
        fields=["party", "newcomer", "phone", "email"],
    )
):
    class Meta:
        ordering = ["pgh_id"]


class ChainChange(
    changes_of(Chain, fields=["party", "site_day", "track", "interpreter", "state", "waiting_minutes"])  # type: ignore[misc]  # the base is made at run time
):
    class Meta:
        ordering = ["pgh_id"]


class MeetingChange(
    changes_of(  # type: ignore[misc]  # the base is made at run time
        Meeting,
        pghistory.UpdateEvent(row="OLD"),
        pghistory.DeleteEvent(),
        fields=[
            "chain",
            "agency",
            "person",
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
    changes_of(  # type: ignore[misc]  # the base is made at run time
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


class AttendanceRuleChange(
    changes_of(  # type: ignore[misc]  # the base is made at run time
        AttendanceRule,
        *from_first_to_last(),
        fields=[
            "agency_code",
            "concerns",
            "min_age",
            "max_age",
            "valid_from",
            "valid_to",
            "is_default",
            "may_be_switched",
            "who",
        ],
    )
):
    class Meta:
        ordering = ["pgh_id"]


class LegalBasisChange(
    changes_of(  # type: ignore[misc]  # the base is made at run time
        LegalBasis,
        *from_first_to_last(),
        fields=["code", "paragraph", "meaning", "default_track", "valid_from", "valid_to"],
    )
):
    class Meta:
        ordering = ["pgh_id"]


class PrecedenceChange(
    changes_of(  # type: ignore[misc]  # the base is made at run time
        Precedence,
        *from_first_to_last(),
        fields=["track", "before", "after", "is_hard", "valid_from", "valid_to"],
    )
):
    class Meta:
        ordering = ["pgh_id"]
