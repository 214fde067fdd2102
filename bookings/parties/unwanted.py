"""Note that a party does not wish to have an interpreter again; the planner then gives it another. Why is not kept."""

from datetime import datetime

from django.utils.translation import gettext as _

from agencies.models import User
from agencies.web.roles import AGENCY_ROLES, require_role
from bookings.models import Party, UnwantedInterpreter
from interpreters.models import Interpreter


def leave_out_interpreter(*, party: Party, interpreter: Interpreter, by: User, at: datetime) -> None:
    """Never choose the interpreter for the party; a second time changes nothing. Raises NotForYourRole.

    A day that is booked stays as it is until it is moved.
    """
    _require_caseworker(by)
    UnwantedInterpreter.objects.get_or_create(
        party=party, interpreter=interpreter, defaults={"by": by, "at": at}
    )


def allow_interpreter(*, party: Party, interpreter: Interpreter, by: User, at: datetime) -> None:
    """Choose the interpreter again as any other. Raises NotForYourRole."""
    _require_caseworker(by)
    UnwantedInterpreter.objects.filter(party=party, interpreter=interpreter).delete()


def unwanted_by(party: Party) -> list[Interpreter]:
    """Whom the party does not wish to have again; one query."""
    found = UnwantedInterpreter.objects.filter(party=party).select_related("interpreter__resource")
    return [one.interpreter for one in found]


def _require_caseworker(by: User) -> None:
    require_role(by, *AGENCY_ROLES, message=_("Caseworkers and coordinators of the party's agency do this."))
