"""Save a calculation by a name."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from agencies.models import Role, User
from agencies.refusals import Refusal
from agencies.validators import validate_plain
from agencies.web.roles import require_role
from motesplats.models import Calculation

MOST_LETTERS = 80


class CalculationNotNamed(Refusal):
    """It has no name, or one that cannot be shown."""

    kind = "calculation-not-named"
    field = "title"


def save_calculation(*, name: str, assumptions: Mapping[str, str], by: User, at: datetime) -> Calculation:
    """Keep the assumptions, which a valid form has typed, by that name. Raises NotForYourRole, CalculationNotNamed."""
    require_role(by, Role.SECRETARIAT, message=_("The secretariat saves calculations."))
    name = name.strip()
    try:
        validate_plain(name)
    except ValidationError as error:
        raise CalculationNotNamed(" ".join(error.messages)) from None
    if not name or len(name) > MOST_LETTERS:
        raise CalculationNotNamed(_("Give the calculation a name of at most 80 letters."))
    kept = {field: value for field, value in assumptions.items() if field != "title"}
    return Calculation.objects.create(name=name, assumptions=kept, made_by=by, made_at=at)
