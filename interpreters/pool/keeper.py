"""Who keeps a site's pool of interpreters and the agreements."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from agencies.models import Role, Site, User
from agencies.web.roles import NotForYourRole, require_role

KEEPERS = (Role.COORDINATOR, Role.MANAGER)


def require_keeper(by: User, sites: Iterable[Site]) -> None:
    """Raises NotForYourRole unless the user is coordinator or manager at each of the sites."""
    require_role(by, *KEEPERS, message=_("Coordinators and managers keep the pool of interpreters."))
    if {site.pk for site in sites} - set(by.sites.values_list("pk", flat=True)):
        raise NotForYourRole(_("You do not work at that site."))
