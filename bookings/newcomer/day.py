"""The newest version of the day behind an entered link."""

from django.contrib.sessions.backends.base import SessionBase
from django.db.models import QuerySet

from bookings.models import Link, LinkSummons, Summons
from bookings.summons.compose import compose_page
from bookings.summons.letter import Page


def day_page(link: Link, session: SessionBase, language: str) -> Page:
    """The newest version; with names only for whoever has typed the paper code."""
    newest, *before = _versions(link, session)[:2]
    newest.chain = link.chain
    return compose_page(newest, link, before=before[0] if before else None, language=language)


def newest(link: Link, session: SessionBase) -> Summons | LinkSummons:
    """The newest summons, as much of it as the session may see."""
    return _versions(link, session)[0]


def _versions(link: Link, session: SessionBase) -> QuerySet[Summons] | QuerySet[LinkSummons]:
    """The versions that the session may see, the newest first."""
    versions = Summons.objects if has_code(link, session) else LinkSummons.objects
    return versions.filter(chain=link.chain_id).order_by("-version")


def has_code(link: Link, session: SessionBase) -> bool:
    """Whether this phone has typed the link's paper code."""
    return bool(link.code_hash) and session["code"] == link.code_hash
