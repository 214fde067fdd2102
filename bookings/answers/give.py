"""Give an answer; until the room is built every answer is refused, and becomes a task."""

from datetime import datetime

from django.utils.translation import gettext as _

from agencies.models import User
from agencies.refusals import Refusal
from bookings.models import Link


class AnswerNotTaken(Refusal):
    """Answers are not taken yet."""

    kind = "answer-not-taken"
    status = 409


def give_answer(
    *,
    link: Link,
    answer: str,
    why: str = "",
    text: str = "",
    source: str = "page",
    by: User | None = None,
    at: datetime,
) -> None:
    """Raises AnswerNotTaken."""
    raise AnswerNotTaken(_("That answer cannot be taken now."))
