"""The newest version of the day behind an entered link."""

from django.contrib.sessions.backends.base import SessionBase

from bookings.models import Link, LinkSummons, Summons
from bookings.summons.compose import compose_page
from bookings.summons.letter import Page


def day_page(link: Link, session: SessionBase, language: str) -> Page:
    """The newest version; with names only for whoever has typed the paper code."""
    return compose_page(newest(link, session), link, language=language)


def newest(link: Link, session: SessionBase) -> Summons | LinkSummons:
    """The newest summons, as much of it as the session may see."""
    versions = Summons.objects if has_code(link, session) else LinkSummons.objects
    return versions.select_related("chain").filter(chain=link.chain_id).latest("version")


def has_code(link: Link, session: SessionBase) -> bool:
    """Whether this phone has typed the link's paper code."""
    return bool(link.code_hash) and session["code"] == link.code_hash
