"""The adults' copies of a summons as PDFs, kept in SummonsCopy."""

from datetime import datetime
from threading import BoundedSemaphore

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agencies.dispatches.handlers import NotYet
from agencies.dispatches.outbox import viewer_for
from agencies.models import Dispatch, Reading
from agencies.read_log.log import logged
from agencies.read_log.notes import note_person
from agencies.refusals import Refusal
from agencies.secrecy.context import acting_as
from bookings.models import Chain, Link, Newcomer, Summons, SummonsCopy
from bookings.summons.compose import compose
from bookings.summons.limits import LimitExceeded
from bookings.summons.material import latest_version
from bookings.summons.missing import SiteIncomplete, require_complete
from bookings.summons.render import render_all, render_each_and_all

KIND = "bookings.summons"  # of dispatch: a version whose copies are to be printed
# Letters that one web process renders at once; its other threads are for what must be quick.
PRESS = BoundedSemaphore(2)


class PrinterBusy(Refusal):
    """As many letters as may are being rendered here; `wait` is in seconds."""

    kind = "printer-busy"
    status = 429
    wait = 5


class LetterNotPrinted(Refusal):
    """The letter takes more time or memory than it may."""

    kind = "letter-not-printed"
    status = 409


def print_dispatched(dispatch: Dispatch, *, at: datetime) -> None:
    """Print the copies of the version that the dispatch names, unless it is gone."""
    with (
        acting_as(viewer_for(dispatch)),
        logged(what=Reading.What.PRINT, why=Reading.Why.SUMMONS, at=at),
    ):
        found = Summons.objects.select_related("chain").filter(pk=dispatch.subject).first()
        if found and _is_in_force(found):
            try:
                print_copies(found)
            except SiteIncomplete as error:
                raise NotYet from error


def print_copies(summons: Summons) -> None:
    """Keep a PDF of every adult's copy and one of all, unless that is done; locks the links against renewal.

    Raises SiteIncomplete, as every function here that prints.
    """
    list(Link.objects.filter(chain=summons.chain_id).order_by("pk").select_for_update(no_key=True))
    if summons.copies.exists():
        return
    require_complete(_chain(summons))
    # Read after the lock: whoever held it may have put aliases in the place of names.
    links = list(_links(summons))
    pdfs = render_each_and_all([compose(summons, link) for link in links])
    SummonsCopy.objects.bulk_create(
        (
            SummonsCopy(summons=summons, link=link, pdf=pdf)
            for link, pdf in zip([*links, None], pdfs, strict=True)
        ),
        ignore_conflicts=True,
    )


def copy_of(summons: Summons, link: Link) -> bytes:
    """The PDF of one adult's copy, rendered now if no worker has printed it yet.

    Raises PrinterBusy or LetterNotPrinted.
    """
    pdf = (_is_in_force(summons) and _kept(summons, link)) or _render(summons, [link])
    _note(summons)
    return pdf


def copies_of(summons: Summons) -> bytes:
    """Every adult's copy in one PDF, rendered now if no worker has printed it yet. Raises as `copy_of` does."""
    pdf = (_is_in_force(summons) and _kept(summons, None)) or _render(summons, list(_links(summons)))
    _note(summons)
    return pdf


def _is_in_force(summons: Summons) -> bool:
    """Whether it is the latest version and its day is not cancelled; a copy that is not is printed with a stamp."""
    is_cancelled = summons.chain.state == Chain.State.CANCELLED and summons.kind != Summons.Kind.CANCELLATION
    return not is_cancelled and summons.version == latest_version(summons.chain_id)


def _note(summons: Summons) -> None:
    """Note the party's people for the read log, because a kept PDF shows them without reading their rows."""
    note_person(*Newcomer.objects.filter(party__chains=summons.chain_id).values_list("key", flat=True))


def _links(summons: Summons) -> QuerySet[Link]:
    return Link.objects.filter(chain=summons.chain_id).select_related("newcomer")


def _kept(summons: Summons, link: Link | None) -> bytes:
    """The PDF that a worker has printed, or nothing."""
    copy = SummonsCopy.objects.filter(summons=summons, link=link).first()
    return bytes(copy.pdf) if copy else b""


def _chain(summons: Summons) -> Chain:
    """The summons' chain with its place and the family's home."""
    places = Chain.objects.select_related("site_day__location__site", "party__municipality")
    return places.get(pk=summons.chain_id)


def _render(summons: Summons, links: list[Link]) -> bytes:
    require_complete(_chain(summons))
    if not PRESS.acquire(blocking=False):
        raise PrinterBusy(_("Many letters are being printed just now. Try again in a few seconds."))
    try:
        return render_all([compose(summons, link) for link in links])
    except LimitExceeded as error:
        raise LetterNotPrinted(
            _("The letter could not be printed. Try again later, or print each adult's copy by itself.")
        ) from error
    finally:
        PRESS.release()
