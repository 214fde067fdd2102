"""Name the colleagues who may open the protected identities of a site, and withdraw that."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agencies.models import Agency, NamedOpener, Role, Site, User
from agencies.staff.appoint import NOT_YOUR_STAFF, staff_of
from agencies.staff.credentials import log_act
from agencies.staff.manage import NotYours
from agencies.web.roles import AGENCY_ROLES


@transaction.atomic
def name_opener(*, user: User, site: Site, by: User, at: datetime) -> NamedOpener | None:
    """Let the colleague open the protected identities of the agency at the site; None if that is so already.

    Raises NotYours: a manager names others of the own agency, at sites of both.
    """
    _require_own(user, site, by)
    assert by.agency_id is not None
    if NamedOpener.objects.filter(agency=by.agency_id, site=site, user=user, withdrawn_at=None).exists():
        return None
    try:
        with transaction.atomic():
            named = NamedOpener.objects.create(
                agency_id=by.agency_id, site=site, user=user, named_by=by, named_at=at
            )
    except IntegrityError:  # in another browser, a moment ago
        return None
    log_act("opener_named", user, by=by, at=at)
    return named


@transaction.atomic
def withdraw_opener(*, user: User, site: Site, by: User, at: datetime) -> int:
    """Let the colleague open no more at the site; returns how many rows were withdrawn. Raises NotYours."""
    if by.role != Role.MANAGER or not by.sites.filter(pk=site.pk).exists():
        raise _not_yours()
    named = NamedOpener.objects.filter(agency=by.agency_id, site=site, user=user, withdrawn_at=None)
    withdrawn = named.update(withdrawn_at=at, withdrawn_by=by)
    if withdrawn:
        log_act("opener_withdrawn", user, by=by, at=at)
    return withdrawn


def openers_at(sites: QuerySet[Site], *, agency: Agency) -> QuerySet[NamedOpener]:
    """Who of the agency has been named at these sites and by whom, also those withdrawn, the latest first."""
    named = NamedOpener.objects.filter(site__in=sites, agency=agency)
    return named.select_related("site", "user", "named_by", "withdrawn_by")


def _require_own(user: User, site: Site, by: User) -> None:
    if user == by:
        raise NotYours(_("Somebody else has to do this for you."))
    is_colleague = staff_of(by).filter(pk=user.pk, is_active=True, role__in=AGENCY_ROLES).exists()
    are_both_there = by.sites.filter(pk=site.pk).exists() and user.sites.filter(pk=site.pk).exists()
    if by.role != Role.MANAGER or not is_colleague or not are_both_there:
        raise _not_yours()


def _not_yours() -> NotYours:
    return NotYours(str(NOT_YOUR_STAFF))
