"""What staff settle: that a family was reached in another way, when a site reminds, and contacts that are closed."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agencies.models import ReminderTime, Role, Site, User
from agencies.refusals import Refusal
from bookings.messages.contacts import close_address, digest_of
from bookings.messages.schedule import EVERYWHERE, QUIET_FROM, QUIET_TO, ReminderRule
from bookings.messages.ways import all_ways_to
from bookings.models import ContactBlock, Message, Party

MOST_DAYS = 30


class NothingFailed(Refusal):
    """The message has not failed, so that there is nothing to settle."""

    kind = "nothing-failed"
    status = 409


class RemindersNotYours(Refusal):
    """Another site's reminders, or not for the role."""

    kind = "reminders-not-yours"
    status = 403


class ReminderNotPossible(Refusal):
    """A reminder falls into the quiet hours, or on no day before the day."""

    kind = "reminder-not-possible"


def mark_handled(*, message: Message, by: User, at: datetime) -> Message:
    """The family was reached in another way; a second press changes nothing. Raises NothingFailed."""
    with transaction.atomic():
        message = Message.objects.select_for_update().get(pk=message.pk)
        if message.state != Message.State.FAILED:
            raise NothingFailed(_("This message has not failed. Look at the page as it is now."))
        if message.handled_at is None:
            message.handled_at, message.handled_by = at, by
            message.save(update_fields=["handled_at", "handled_by"])
    return message


def block_contact(
    *, party: Party, channel: str, address: str, why: ContactBlock.Why, at: datetime
) -> ContactBlock:
    """Let nothing go to that address any more; what is closed stays as it is."""
    digest = digest_of(channel, address)
    return close_address(party=party.pk, channel=channel, digest=digest, why=why, at=at)


def lift_block(*, block: ContactBlock, at: datetime) -> None:
    """The family wants messages to that address again."""
    ContactBlock.objects.filter(pk=block.pk, lifted_at=None).update(lifted_at=at)


def reopen_contact(*, party: Party, digest: str, at: datetime) -> None:
    """The family wants messages to that present telephone or mailbox again; what is open stays as it is."""
    if digest in {way.digest for way in all_ways_to(party) if way.why}:
        for block in ContactBlock.objects.filter(party=party.pk, digest=digest):
            lift_block(block=block, at=at)


def set_reminders(*, site: Site, rules: Mapping[str, ReminderRule], by: User) -> None:
    """When the site reminds, by kind; holds for what is planned from then on.

    Raises RemindersNotYours or ReminderNotPossible; then nothing is written.
    """
    if not may_set(by, site):
        raise RemindersNotYours(_("The site's coordinator or the secretariat decides this."))
    errors = {kind: [said] for kind, rule in rules.items() if (said := _error_of(kind, rule))}
    if errors:
        raise ReminderNotPossible(_("Look at the marked fields."), errors=errors)
    with transaction.atomic():
        for kind, rule in rules.items():
            values = {"days_before": rule.days_before, "at": rule.at, "is_on": rule.is_on}
            ReminderTime.objects.update_or_create(site=site, kind=kind, defaults=values)


def may_set(user: User, site: Site) -> bool:
    """Whether the user decides when the site reminds."""
    own = user.role == Role.COORDINATOR and user.sites.filter(pk=site.pk).exists()
    return user.role == Role.SECRETARIAT or own


def _error_of(kind: str, rule: ReminderRule) -> str:
    if not QUIET_TO <= rule.at < QUIET_FROM:
        return _("A reminder goes out between 06:30 and 20:00.")
    least, most = (0, 0) if not EVERYWHERE[kind].days_before else (1, MOST_DAYS)
    return "" if least <= rule.days_before <= most else _("Write 1 to 30 days.")
