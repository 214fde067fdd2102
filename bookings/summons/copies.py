"""The adults' copies of a summons as PDFs, kept in SummonsCopy."""

from celery import current_app
from django.db.models import QuerySet

from agencies.read_log.notes import note_person
from bookings.models import Chain, Link, Newcomer, Summons, SummonsCopy
from bookings.summons.compose import compose
from bookings.summons.missing import require_complete
from bookings.summons.render import render_all, render_each_and_all


def print_later(*, summons: int, user: int) -> None:
    """Send the task that prints the copies, acting for the user."""
    current_app.send_task("bookings.tasks.print_summons", kwargs={"summons": summons, "user": user})


def print_copies(summons: Summons) -> None:
    """Keep a PDF of every adult's copy and one of all, unless that is done; locks the links against renewal.

    Raises SiteIncomplete, as every function here that prints.
    """
    links = list(_links(summons).select_for_update(of=["self"], no_key=True))
    if summons.copies.exists():
        return
    require_complete(_chain(summons))
    pdfs = render_each_and_all([compose(summons, link) for link in links])
    SummonsCopy.objects.bulk_create(
        (
            SummonsCopy(summons=summons, link=link, pdf=pdf)
            for link, pdf in zip([*links, None], pdfs, strict=True)
        ),
        ignore_conflicts=True,
    )


def copy_of(summons: Summons, link: Link) -> bytes:
    """The PDF of one adult's copy, rendered now if no worker has printed it yet."""
    _note(summons)
    return _kept(summons, link) or _render(summons, [link])


def copies_of(summons: Summons) -> bytes:
    """Every adult's copy in one PDF, rendered now if no worker has printed it yet."""
    _note(summons)
    return _kept(summons, None) or _render(summons, list(_links(summons)))


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
    return render_all([compose(summons, link) for link in links])
