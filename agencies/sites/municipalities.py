"""A municipality's contact card, and the site that its newcomers are summoned to."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Municipality, Role, Site, User
from agencies.refusals import Refusal
from agencies.sites.saving import SiteChanged, save_next

CARD = ("phone", "email", "address", "web")


class CardKeptByOthers(Refusal):
    kind = "not-your-municipality"
    status = 403


def may_change_card(by: User, municipality: Municipality) -> bool:
    """Whether somebody keeps the contact card: the secretariat each, the municipality's manager the own one."""
    is_own = by.agency is not None and by.agency.municipality_id == municipality.pk
    return by.role == Role.SECRETARIAT or (by.role == Role.MANAGER and is_own)


@transaction.atomic
def change_card(
    *, municipality: Municipality, values: Mapping[str, Any], seen: int, by: User, at: datetime
) -> None:
    """Change telephone, e-mail, address and web page. Raises CardKeptByOthers, SiteChanged and ValueNotAllowed."""
    found = _seen(municipality, seen, by=by)
    save_next(found, {name: values[name] for name in CARD if name in values})


@transaction.atomic
def point_to_site(
    *, municipality: Municipality, site: Site, is_host: bool, seen: int, by: User, at: datetime
) -> None:
    """Let the municipality's newcomers be summoned to the site from now on; what is booked stays. Raises as above."""
    found = _seen(municipality, seen, by=by)
    if by.role != Role.SECRETARIAT:
        raise CardKeptByOthers(_("The secretariat says which site a municipality summons to."))
    save_next(found, {"site": site, "is_host": is_host})


def _seen(municipality: Municipality, seen: int, *, by: User) -> Municipality:
    found = Municipality.objects.select_for_update(no_key=True).get(pk=municipality.pk)
    if not may_change_card(by, found):
        raise CardKeptByOthers(
            _("A contact card is changed by the municipality's manager and by the secretariat.")
        )
    if found.version != seen:
        raise SiteChanged
    return found
