"""Print: the adults' copies of a summons as PDFs, kept in a guarded table."""

from celery import current_app

from bookings.composing import compose
from bookings.models import Link, Summons, SummonsCopy
from bookings.summons.render import render, render_all


def print_later(*, summons: int, user: int) -> None:
    """Let a worker print the copies, acting for the user."""
    current_app.send_task("bookings.tasks.print_summons", kwargs={"summons": summons, "user": user})


def print_copies(summons: Summons) -> None:
    """Print every adult's copy that is not yet there."""
    printed = summons.copies.values_list("link_id", flat=True)
    for link in (
        Link.objects.filter(chain=summons.chain_id).exclude(pk__in=printed).select_related("newcomer")
    ):
        SummonsCopy.objects.get_or_create(
            summons=summons, link=link, defaults={"pdf": render(compose(summons, link))}
        )


def copy_of(summons: Summons, link: Link) -> bytes:
    """The printed copy; one that the worker has not reached yet is rendered for this reader and not kept."""
    copy = SummonsCopy.objects.filter(summons=summons, link=link).first()
    return bytes(copy.pdf) if copy else render(compose(summons, link))


def copies_of(summons: Summons) -> bytes:
    """Every adult's copy in one PDF, each as it is printed alone."""
    links = list(Link.objects.filter(chain=summons.chain_id).select_related("newcomer"))
    if len(links) == 1:
        return copy_of(summons, links[0])
    return render_all([compose(summons, link) for link in links])
