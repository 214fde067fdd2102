"""Key: the paper code that a newcomer reads from the letter; ten wrong ones close it."""

from datetime import datetime
from hmac import compare_digest

import structlog
from django.db import connection
from django.utils.translation import gettext as _

from agencies.read_log.notes import note_refusal
from agencies.refusals import Refusal
from bookings.links.tokens import hash_of_code
from bookings.models import Link
from bookings.references import as_printed

MOST_WRONG = 10
TELL_FROM = 3  # so few tries left are told
# One statement: it locks the link's row, so that tries side by side are counted one by one.
COUNT = """
    INSERT INTO bookings_codetries AS tries (token_hash, wrong, last_at) VALUES (%s, %s, %s)
    ON CONFLICT (token_hash) DO UPDATE
    SET wrong = least(tries.wrong + excluded.wrong, %s), last_at = excluded.last_at
    RETURNING wrong
"""

log = structlog.get_logger(__name__)


class WrongCode(Refusal):
    kind = "wrong-code"
    field = "code"


class CodeClosed(Refusal):
    kind = "code-closed"
    field = "code"
    status = 409


def verify_code(*, link: Link, typed: str, at: datetime) -> str:
    """The hash of the right code. Raises WrongCode, or CodeClosed from the tenth wrong one on."""
    code = hash_of_code(as_printed(typed))
    is_right = bool(link.code_hash) and compare_digest(code, link.code_hash)
    wrong = _count(link, wrong=not is_right, at=at)
    if not is_right or wrong >= MOST_WRONG:
        note_refusal(WrongCode.kind, link=link.token_hash)
    if wrong >= MOST_WRONG:
        log.warning("paper_code_closed", link=link.pk)
        raise CodeClosed(_("The code is closed, because a wrong code was typed too many times."))
    if not is_right:
        log.warning("paper_code_wrong", link=link.pk, wrong=wrong)
        raise WrongCode(wrong_code_message(left=MOST_WRONG - wrong))
    return code


def _count(link: Link, *, wrong: bool, at: datetime) -> int:
    """Count the try in a transaction of its own: it stays counted whatever becomes of the request."""
    own = connection.get_new_connection(connection.get_connection_params())
    try:
        with own, own.cursor() as cursor:
            cursor.execute("SELECT set_config('motesplats.link', %s, true)", [link.token_hash])
            cursor.execute(COUNT, [link.token_hash, int(wrong), at, MOST_WRONG])
            return int(cursor.fetchone()[0])
    finally:
        own.close()


def wrong_code_message(*, left: int) -> str:
    """What somebody reads who has this many tries left."""
    wrong = _("That is not the code in your letter. Look at the letter and type the code again.")
    return f"{wrong} {_('Tries left: %(left)s.') % {'left': left}}" if left <= TELL_FROM else wrong
