"""Who may edit rosters: a site's coordinator all of it, an agency's manager the agency's own people at own sites."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from agencies.models import Resource, Role, Site, User
from agencies.refusals import Refusal
from agencies.web.roles import NotForYourRole, require_role


class SiteNotYours(Refusal):
    kind = "site-of-others"
    field = "site"


def require_coordinator(by: User, site: Site) -> None:
    """Raises NotForYourRole or SiteNotYours unless the user coordinates the site."""
    require_role(by, Role.COORDINATOR, message=_("Only a coordinator of the site does this."))
    require_own_site(by, site)


def require_editor(by: User, resources: Iterable[int], *, site: Site) -> None:
    """Raises NotForYourRole or SiteNotYours unless the user may edit the shifts of these resources at the site."""
    require_role(
        by,
        Role.COORDINATOR,
        Role.MANAGER,
        message=_("Coordinators and managers edit rosters, you read them."),
    )
    require_own_site(by, site)
    if by.role == Role.MANAGER and set(resources) - own_people(by):
        raise NotForYourRole(_("You edit the shifts of your own agency's people only."))


def require_own_site(by: User, site: Site) -> None:
    """Raises SiteNotYours unless the user works at the site."""
    if not by.sites.filter(pk=site.pk).exists():
        raise SiteNotYours(_("You do not work at %(site)s.") % {"site": site})


def own_people(manager: User) -> set[int]:
    """The resources of the caseworkers of the manager's agency."""
    if manager.agency_id is None:
        return set()
    return set(Resource.objects.filter(caseworker__agency=manager.agency_id).values_list("pk", flat=True))
