"""Send a message that has failed once more, where the party is reached now."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.dispatches.outbox import add_dispatch
from agencies.models import User
from agencies.refusals import Refusal
from bookings.messages.anew import begin_anew
from bookings.messages.plan import KIND
from bookings.models import Message


class NothingToSendAgain(Refusal):
    """The message has not failed, or somebody has settled it, or it is a letter."""

    kind = "nothing-to-send-again"
    status = 409


def send_again(*, message: Message, by: User, at: datetime) -> Message:
    """Let it go out anew under a key of its own, since the gateway has settled the former one.

    It is read again when it is sent, as every message. Raises NothingToSendAgain; then nothing is written.
    """
    with transaction.atomic():
        message = Message.objects.select_for_update().get(pk=message.pk)
        if message.state != Message.State.FAILED or message.handled_at or message.link_id is None:
            raise NothingToSendAgain(_("This message has not failed. Look at the page as it is now."))
        begin_anew(message, at=at)
        add_dispatch(kind=KIND, subject=message.pk, by=by, at=at)
    return message
