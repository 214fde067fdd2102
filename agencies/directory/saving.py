"""How every verb of an agency's page begins: who may, whether somebody else was quicker, and what is a draft again."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from agencies.directory.entries import AgencyEntry, may_change
from agencies.languages import LANGUAGES
from agencies.models import TextBlock, TextState, User
from agencies.refusals import Refusal
from agencies.sites.saving import save_next


class AgencyKeptByOthers(Refusal):
    kind = "not-your-agency"
    status = 403

    def __init__(self) -> None:
        super().__init__(_("An agency's page is changed by its own manager and by the secretariat."))


class AgencyChanged(Refusal):
    """Somebody has changed the page since the caller looked."""

    kind = "changed-meanwhile"
    status = 409

    def __init__(self) -> None:
        super().__init__(
            _(
                "Somebody has changed the page since you opened it. What you typed is kept: look, and save again."
            )
        )


def lock_seen(entry: AgencyEntry, seen: int, *, by: User) -> None:
    """Lock the page's row. Raises AgencyKeptByOthers, and AgencyChanged if that is not the version that was seen."""
    if not may_change(by, entry):
        raise AgencyKeptByOthers
    row = entry.row
    rows = type(row)._default_manager.filter(pk=row.pk) if row else entry.of_it(TextBlock)
    list(rows.select_for_update(no_key=True, of=["self"]))
    entry.refresh()
    if entry.version != seen:
        raise AgencyChanged


def next_version(entry: AgencyEntry) -> None:
    """The page has changed."""
    if entry.row is not None:
        save_next(entry.row, {})


def save_translated(row: models.Model, field: str, values: Mapping[str, Any]) -> None:
    """Save a row with a text in several languages; a checked text that changes is a draft again, and so is none."""
    found = dict(values)
    for language in LANGUAGES:
        text, state = f"{field}_{language}", f"state_{language}"
        before = getattr(row, text) or ""
        now = found.get(text, before)
        found[state] = state_after(
            before, now, was=getattr(row, state), asked=found.get(state, getattr(row, state))
        )
    save_next(row, found)


def state_after(before: str, now: str, *, was: str | None, asked: str | None) -> str:
    """Whether a text is a draft or checked after a change."""
    is_again_a_draft = not now or (was == TextState.CHECKED and now != before)
    return TextState.DRAFT if is_again_a_draft else asked or TextState.DRAFT
