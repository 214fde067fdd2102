"""The tasks of the page under their headings, in the order in which they are best done."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class TaskSection:
    """Tasks of a kind; `of`: whose file the row's template is."""

    name: str
    of: str
    heading: "StrOrPromise"
    about: "StrOrPromise" = ""
    rows: Sequence[object] = field(default=(), kw_only=True)

    @property
    def template(self) -> str:
        return f"bookings/worklists/_{self.of}.html"


# Each kind by the list of the worklist that has its rows.
SECTIONS = (
    TaskSection("calls", "call", _("Call back")),
    TaskSection("wishes", "wish", _("Need another time")),
    TaskSection("offers", "offer", _("A time is free again")),
    TaskSection(
        "missed",
        "waiting",
        _("Did not come"),
        _(
            "Whom a message reaches was told kindly of a new day. Many had a good reason: call before you book."
        ),
    ),
    TaskSection("replies", "reply", _("Replies from families")),
    TaskSection("extracts", "extract", _("Extracts that people ask for")),
    TaskSection("failed", "failed", _("Messages that did not arrive")),
    TaskSection("moves", "move", _("Days that have to be moved")),
    TaskSection("unposted", "unposted", _("Letters that nobody has posted")),
    TaskSection("letters", "letter", _("Letters that cannot be printed")),
    TaskSection("texts", "text", _("Texts that are missing")),
)
