"""Who keeps the agreements under which interpreters are ordered."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from agencies.models import Agency, Role, User
from agencies.web.roles import NotForYourRole, require_role

KEEPERS = (Role.COORDINATOR, Role.MANAGER, Role.SECRETARIAT)


def require_keeper(by: User, agencies: Iterable[Agency]) -> None:
    """Raises NotForYourRole: coordinators and the secretariat keep every agreement, a manager the own agency's."""
    require_role(by, *KEEPERS, message=_("Coordinators, managers and the secretariat keep the agreements."))
    if by.role == Role.MANAGER and {agency.pk for agency in agencies} != {by.agency_id}:
        raise NotForYourRole(_("A manager keeps the agreements of the own agency alone."))
