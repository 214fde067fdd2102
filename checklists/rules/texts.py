"""Write the texts of an outcome or a kind of referral in its languages, and say which of them are checked."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import get_language

from agencies.directory.saving import state_after
from agencies.languages import LANGUAGES, letter_name
from agencies.models import TextState, User
from agencies.rules.dated import RuleChanged, require_secretariat
from agencies.sites.saving import save_next
from checklists.models import Outcome, ReferralKind

TEXTS: Mapping[type[Outcome | ReferralKind], tuple[str, ...]] = {
    Outcome: ("name",),
    ReferralKind: ("name", "purpose", "precondition", "started_by"),
}


@transaction.atomic
def write_texts(
    *, row: Outcome | ReferralKind, values: Mapping[str, str], seen: int, by: User, at: datetime
) -> None:
    """Write texts and states, as `name_sv`, `state_sv` …; what is not among the values stays as it is.

    A checked text that changes is a draft again, and so is a language that lacks one. Raises RulesKeptByOthers,
    RuleChanged if `seen` is not its version, and ValueNotAllowed.
    """
    require_secretariat(by)
    found: Any = type(row)._default_manager.select_for_update(of=["self"]).get(pk=row.pk)
    if found.version != seen:
        raise RuleChanged
    changed: dict[str, Any] = dict(values)
    for language in LANGUAGES:
        changed |= _checked(found, TEXTS[type(found)], language, values, by=by, at=at)
    save_next(found, changed)


def drafts_of(row: Outcome | ReferralKind) -> str:
    """The languages in which nobody has checked the texts, in the reader's language."""
    reader = get_language() or "sv"
    return ", ".join(letter_name(code, reader) for code in LANGUAGES if not row.is_checked(code)) or "–"


def _checked(
    row: Any, texts: Collection[str], language: str, values: Mapping[str, str], *, by: User, at: datetime
) -> dict[str, Any]:
    """The language's state, and by whom and when it was checked."""
    before = [getattr(row, f"{text}_{language}") or "" for text in texts]
    now = [values.get(f"{text}_{language}", was) for text, was in zip(texts, before, strict=True)]
    was = getattr(row, f"state_{language}")
    state = state_after(
        "\n".join(before),
        "\n".join(now) if all(now) else "",
        was=was,
        asked=values.get(f"state_{language}", was),
    )
    names = [f"{name}_{language}" for name in ("state", "checked_by", "checked_at")]
    if state == TextState.DRAFT:
        return dict(zip(names, (state, None, None), strict=True))
    is_new = was != state or "\n".join(before) != "\n".join(now)
    return dict(zip(names, (state, by, at), strict=True)) if is_new else {}
