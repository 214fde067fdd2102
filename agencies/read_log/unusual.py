"""The alarm when one account is shown unusually many people in a day, and a manager's closing of it."""

from datetime import datetime
from math import floor, log2

import structlog
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agencies.clock import local
from agencies.models import ThresholdCode, UnusualReading, User
from agencies.models.thresholds import KINDS
from agencies.refusals import Refusal
from agencies.thresholds import dated
from agencies.validators import validate_plain

LONGEST_WORD = 300  # characters
# No RETURNING: whom the alarm is about may not read it.
RAISE = """
    INSERT INTO agencies_unusualreading (user_id, agency_id, day, level, people, usual, at, word)
    VALUES (viewer_user(), viewer_agency(), %s, %s, %s, %s, %s, '') ON CONFLICT DO NOTHING
"""

log = structlog.get_logger(__name__)


class NoWord(Refusal):
    kind = "no-word"
    field = "word"


class AlarmClosed(Refusal):
    kind = "alarm-closed"
    status = 409


def watch_reader(*, people: int, at: datetime) -> None:
    """Raise an alarm if that many people today are unusually many for the transaction's viewer; no query of few.

    Unusual is more than the threshold of people and more than so many times as many as on the user's median day, or
    until there are five such days on that of the role in the agency. Twice as many again is the next alarm.
    """
    if people <= KINDS[ThresholdCode.UNUSUAL_PEOPLE].least:
        return
    today = local(at).date()
    limits = dated(ThresholdCode.UNUSUAL_PEOPLE, ThresholdCode.UNUSUAL_TIMES)
    most, times = (limit.on(today) for limit in limits.values())
    if people <= most:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT people, viewer_user() FROM usual_reading")
        usual, user = cursor.fetchone()
        if user is None:  # a newcomer reads with the own link
            return
        most = max(most, times * usual)
        if people > most:
            cursor.execute(RAISE, [today, floor(log2(people / most)), people, usual, at])
            if cursor.rowcount:
                log.warning("unusual_reading", people=people, usual=usual)


def unusual_readings() -> QuerySet[UnusualReading]:
    """The alarms that the viewer looks after, the latest first."""
    return UnusualReading.objects.select_related("user", "closed_by")


def close_alarm(*, alarm: UnusualReading, word: str, by: User, at: datetime) -> None:
    """Close the alarm and say what it was. Raises NoWord, or AlarmClosed if it is closed or not the user's to close."""
    word = word.strip()
    if not any(character.isalpha() for character in word) or len(word) > LONGEST_WORD:
        raise NoWord(_("Say in a word what it was, in at most %(most)s characters.") % {"most": LONGEST_WORD})
    try:
        validate_plain(word)
    except ValidationError as error:
        raise NoWord(error.messages[0]) from None
    still_open = UnusualReading.objects.filter(pk=alarm.pk, closed_at=None)
    if not still_open.update(word=word, closed_by=by, closed_at=at):
        raise AlarmClosed(_("Somebody has closed this already."))
