"""The four conditions of group information, as the secretariat words them; until then our drafts."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import Role, User
from agencies.refusals import Refusal
from agencies.validators import validate_plain
from agencies.web.roles import require_role
from bookings.models import GroupCondition
from bookings.models.groups import CONDITIONS

LONGEST = 200


class ConditionNotUsable(Refusal):
    kind = "condition-not-usable"


def conditions() -> tuple[str, ...]:
    """The texts in their order; one query."""
    drafts = (
        _("All who come speak the same language and have the same interpreter."),
        _("The group is so small that each family can ask."),
        _("Nothing of anybody's own case is spoken of in the group."),
        _("Each family can speak with the caseworker alone afterwards."),
    )
    said = dict(GroupCondition.objects.values_list("number", "text"))
    return tuple(said.get(number, draft) for number, draft in enumerate(drafts, start=1))


@transaction.atomic
def word_conditions(*, texts: Sequence[str], by: User, at: datetime) -> None:
    """Write all four; open groups keep those under which they were. Raises ConditionNotUsable or NotForYourRole."""
    require_role(by, Role.SECRETARIAT, message=_("Only the secretariat does this."))
    if len(texts) != CONDITIONS:
        raise ConditionNotUsable(_("There are four conditions."))
    for number, text in enumerate(texts, start=1):
        if not text or len(text) > LONGEST:
            errors = {f"text_{number}": [_("Write 1 to 200 characters.")]}
            raise ConditionNotUsable(_("Write 1 to 200 characters."), errors=errors)
        try:
            validate_plain(text)
        except ValidationError as error:
            raise ConditionNotUsable(
                " ".join(error.messages), errors={f"text_{number}": error.messages}
            ) from None
        facts = {"text": text, "said_by": by, "said_at": at}
        GroupCondition.objects.update_or_create(number=number, defaults=facts)
