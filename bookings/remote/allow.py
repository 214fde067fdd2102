"""Say which meetings an agency holds at a distance, and with which tool."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from agencies.models import Role, User
from agencies.refusals import Refusal
from agencies.validators import validate_https
from agencies.web.roles import NotForYourRole, require_role
from bookings.models import RemoteRule


class ToolNotApproved(Refusal):
    kind = "tool-not-approved"
    field = "tool"


def allow_forms(*, by_telephone: bool, by_video: bool, tool: str, by: User, at: datetime) -> RemoteRule:
    """Write the rule of the manager's own agency; meetings that are booked keep their form.

    Raises ToolNotApproved or NotForYourRole.
    """
    message = _("Only a manager of the agency does this.")
    require_role(by, Role.MANAGER, message=message)
    if by.agency is None:
        raise NotForYourRole(message)
    if tool:
        try:
            validate_https(tool)
            RemoteRule._meta.get_field("tool").run_validators(tool)
        except ValidationError as error:
            raise ToolNotApproved(" ".join(dict.fromkeys(error.messages))) from None
    said = {"by_telephone": by_telephone, "by_video": by_video, "tool": tool, "said_by": by, "said_at": at}
    rule, _created = RemoteRule.objects.update_or_create(agency=by.agency, defaults=said)
    return rule
