"""The staff's addresses, and the newcomer's only one."""

from django.urls import path, register_converter

from bookings.views import (
    chains,
    days,
    keys,
    links,
    parties,
    proposals,
    protection,
    readings,
    renewing,
    spot_checks,
    visits,
)


class ReferenceConverter:
    """What a reference looks like; anything else is no address of ours."""

    regex = "[0-9A-Z]{3}-[0-9A-Z]{3}"

    def to_python(self, value: str) -> str:
        return value

    to_url = to_python


register_converter(ReferenceConverter, "reference")

urlpatterns = [
    path("", days.my_day, name="my-day"),
    path("parties/", parties.party_list, name="parties"),
    path("parties/new/", proposals.new_party, name="new-party"),
    path("parties/<reference:reference>/", parties.party_page, name="party"),
    path("parties/<reference:reference>/book/", proposals.book_party, name="book-party"),
    path("parties/<reference:reference>/protect/", protection.protect, name="protect-party"),
    path("parties/<reference:reference>/identity/", protection.identity, name="identity"),
    path("parties/<reference:reference>/unprotect/", protection.unprotect, name="unprotect-party"),
    path("openings/", protection.opening_list, name="openings"),
    path("chains/<reference:reference>/", chains.chain_page, name="chain"),
    path("chains/<reference:reference>/move/", proposals.move, name="move-chain"),
    path("chains/<reference:reference>/cancel/", chains.cancel, name="cancel-chain"),
    path("chains/<reference:reference>/check-in/", days.check_in_party, name="check-in"),
    path("chains/<reference:reference>/summons.pdf", chains.summons_pdf, name="summons-pdf"),
    path("chains/<reference:reference>/renew/<int:adult>/", renewing.renew, name="renew-link"),
    path("visits/<reference:reference>/", visits.visit_page, name="visit"),
    path("d/<str:token>", links.open_link, name="open-link"),
    path("spot-check/", spot_checks.spot_check, name="spot-check"),
    path("spot-check.csv", spot_checks.spot_check_file, name="spot-check-file"),
    path("d/<str:token>/key", keys.type_code, name="type-code"),
    path("d/<str:token>/readings", readings.reading_list, name="readings"),
]
