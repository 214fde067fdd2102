"""The PDF of letters to post: before each household's letters a page with its address and nothing else."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from bookings.models import Link, Message, Newcomer, Party, Summons
from bookings.parties.names import full_name
from bookings.summons.compose import address_lines, compose
from bookings.summons.copies import PRESS, LetterNotPrinted, PrinterBusy
from bookings.summons.letter import Letter
from bookings.summons.limits import LimitExceeded
from bookings.summons.render import render_post

ACROSS, DOWN = 30, 6  # characters and lines of the usual type that the window shows


@dataclass(frozen=True, slots=True)
class Cover:
    """What is seen through the envelope's window; without lines the letter is handed over."""

    lines: tuple[str, ...]
    reference: str

    @property
    def is_long(self) -> bool:
        """Whether the window would cut it off in the usual type."""
        return sum(1 + len(line) // ACROSS for line in self.lines) > DOWN


def bundle_of(letters: Iterable[Message]) -> bytes:
    """The PDF. Raises PrinterBusy or LetterNotPrinted."""
    if not PRESS.acquire(blocking=False):
        raise PrinterBusy(_("Many letters are being printed just now. Try again in a few seconds."))
    try:
        return render_post([(_cover(one), list(_copies(one))) for one in letters])
    except LimitExceeded as error:
        raise LetterNotPrinted(
            _("The letters could not be printed. Try again later, or print them one by one.")
        ) from error
    finally:
        PRESS.release()


def _copies(message: Message) -> Iterator[Letter]:
    """Each adult's copy of the version of which the letter tells."""
    summons = Summons.objects.select_related("chain").get(chain=message.chain_id, version=message.version)
    for link in Link.objects.filter(chain=message.chain_id).select_related("newcomer").order_by("pk"):
        yield compose(summons, link)


def _cover(message: Message) -> Cover:
    party, reference = message.party, message.chain.reference
    if party.is_protected or not party.address:
        return Cover((), reference)
    return Cover((_addressees(message, party), *address_lines(party.address)), reference)


def _addressees(message: Message, party: Party) -> str:
    """The adults to whom the letters in the envelope are."""
    members = list(party.members.all())
    adults = set(Link.objects.filter(chain=message.chain_id).values_list("newcomer", flat=True))
    named: list[Newcomer] = [one for one in members if one.pk in adults]
    return ", ".join(full_name(one, members) for one in named)
