"""The text of a message as it looks, with its parts; and what a family that is booked for a day would be sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils.translation import override, pgettext

from agencies.clock import at_wall_clock
from agencies.languages import LANGUAGES, Language
from agencies.models import TextState
from bookings.links.tokens import address_of
from bookings.messages.queries import arrival_of
from bookings.messages.reread import news_of
from bookings.messages.schedule import ReminderRule, reminders
from bookings.messages.sms_parts import MOST_PARTS, Parts, parts_of
from bookings.messages.wording import Facts, Worded, word
from bookings.models import Channel, Message, Summons


@dataclass(frozen=True, slots=True)
class Preview:
    """The text in the recipient's language and in Swedish; `parts` where it goes to a telephone."""

    message: Message
    language: Language
    worded: Worded
    swedish: Worded
    parts: Parts | None
    is_draft: bool
    most: int = MOST_PARTS

    @property
    def percent(self) -> int:
        """How much of its room the text takes."""
        return round(100 * self.parts.used / self.parts.room) if self.parts else 0


def preview_of(message: Message) -> Preview | None:
    """As it would be worded now; nothing for a letter, or when the link is gone."""
    if message.channel == Channel.LETTER or message.link is None:
        return None
    made = Summons.objects.filter(chain=message.chain_id, version=message.version).first()
    made_at = made.made_at if made else message.planned_at
    is_same_time, is_first = news_of(message)
    facts = Facts(
        arrival_of(message.chain, newcomer=message.newcomer_id, made_at=made_at),
        link=address_of(message.link),
        phone=message.chain.site_day.location.site.phone,
        is_same_time=is_same_time,
        is_first=is_first,
    )
    worded, swedish = (
        word(message.kind, facts, language=language, channel=message.channel)
        for language in (message.language, "sv")
    )
    parts = parts_of(worded.text) if message.channel == Channel.SMS else None
    return Preview(
        message, LANGUAGES[message.language], worded, swedish, parts, is_draft=_is_draft(message.language)
    )


def _is_draft(language: str) -> bool:
    """Whether no translator has checked the language's texts."""
    with override(language):
        return pgettext("state of this catalogue", "draft") != TextState.CHECKED


def reminders_before(
    rules: Mapping[str, ReminderRule], *, day: date, clock: time, at: datetime
) -> list[tuple[str, datetime]]:
    """What a family gets that is booked now for that day, and asked to come at that time."""
    return list(reminders(rules, arrive_at=at_wall_clock(day, clock), at=at))
