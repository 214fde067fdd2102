"""Who orders interpreters."""

from django.utils.translation import gettext as _

from agencies.models import Agency, Role, SiteDay, User
from agencies.web.roles import NotForYourRole, require_role

ORDERING_ROLES = (Role.COORDINATOR, Role.MANAGER)


def require_may_order(by: User, agency: Agency, site_day: SiteDay) -> None:
    """Raises NotForYourRole: the site's coordinator orders for every agency, a manager for the own one."""
    require_role(
        by, *ORDERING_ROLES, message=_("The site's coordinator or the agency's manager orders interpreters.")
    )
    if by.role == Role.MANAGER and by.agency_id != agency.pk:
        raise NotForYourRole(_("A manager orders for the own agency."))
    if not by.sites.filter(pk=site_day.location.site_id).exists():
        raise NotForYourRole(_("You do not work at that site."))
