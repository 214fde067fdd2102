"""Verify the paper code that a newcomer reads from the letter; the tenth wrong one closes it."""

from collections.abc import Collection
from datetime import datetime
from hmac import compare_digest

import structlog
from django.db import connection
from django.utils.translation import gettext as _

from agencies.read_log.notes import note_refusal
from agencies.refusals import Refusal
from bookings.links.tokens import hash_of_code
from bookings.models import CodeTries, Link
from bookings.references import as_printed

MOST_WRONG = 10
FEW_LEFT = 3  # the message says how many tries are left from here on
# One statement, because it locks the link's row: simultaneous tries are counted one by one.
COUNT_TRY = """
    INSERT INTO bookings_codetries AS tries (token_hash, wrong, last_at) VALUES (%s, %s, %s)
    ON CONFLICT (token_hash) DO UPDATE
    SET wrong = least(tries.wrong + excluded.wrong, %s), last_at = excluded.last_at
    RETURNING wrong
"""

log = structlog.get_logger(__name__)


class WrongCode(Refusal):
    """`left` is how many more tries there are."""

    kind = "wrong-code"
    field = "code"

    def __init__(self, *, left: int) -> None:
        super().__init__(wrong_code_message(left=left))
        self.left = left


class CodeClosed(Refusal):
    kind = "code-closed"
    field = "code"
    status = 409

    def __init__(self) -> None:
        super().__init__(_("The code is closed, because a wrong code was typed too many times."))


def verify_code(*, link: Link, typed: str, at: datetime) -> str:
    """Count the try and return the hash of the right code.

    Raises WrongCode, or CodeClosed from the tenth wrong one on, then for the right code too.
    """
    code_hash = hash_of_code(as_printed(typed), link)
    is_right = bool(link.code_hash) and compare_digest(code_hash, link.code_hash)
    wrong = count_try(link.token_hash, wrong=not is_right, at=at)
    if not is_right or wrong >= MOST_WRONG:
        note_refusal(WrongCode.kind, link=link.token_hash)
    if wrong >= MOST_WRONG:
        log.warning("paper_code_closed", link=link.pk)
        raise CodeClosed()
    if not is_right:
        log.warning("paper_code_wrong", link=link.pk, wrong=wrong)
        raise WrongCode(left=MOST_WRONG - wrong)
    return code_hash


def count_try(token_hash: str, *, wrong: bool, at: datetime) -> int:
    """Count the try for the link of that token and return the number of wrong ones.

    It is committed on a connection of its own, so that it stays counted if the request is rolled back.
    """
    own = connection.get_new_connection(connection.get_connection_params())
    try:
        with own, own.cursor() as cursor:
            cursor.execute("SELECT set_config('motesplats.link', %s, true)", [token_hash])
            cursor.execute(COUNT_TRY, [token_hash, int(wrong), at, MOST_WRONG])
            return int(cursor.fetchone()[0])
    finally:
        own.close()


def tries_left(refusal: Refusal) -> int:
    """How many more tries there are after the refusal; none once the code is closed."""
    return refusal.left if isinstance(refusal, WrongCode) else 0


def refusal_after(*, left: int) -> Refusal:
    """The refusal that left so many tries, in the present language."""
    return WrongCode(left=left) if left else CodeClosed()


def closed_codes(hashes: Collection[str]) -> set[str]:
    """Of these hashes of tokens, those whose code is closed; only the party's agency sees any."""
    tries = CodeTries.objects.filter(token_hash__in=hashes, wrong__gte=MOST_WRONG)
    return set(tries.values_list("token_hash", flat=True))


def wrong_code_message(*, left: int) -> str:
    """The message of WrongCode; it says how many tries are left once they are few."""
    message = _("That is not the code in your letter. Look at the letter and type the code again.")
    if left > FEW_LEFT:
        return message
    tries = _("Tries left: %(left)s.") % {"left": left}
    return f"{message} {tries}"
