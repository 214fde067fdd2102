"""Loads the reference data of checklists: the steps and the rule of each track, outcomes, kinds of referrals.

Loading again creates what is missing and changes nothing that is there.
"""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from agencies.reference import add_missing, in_languages
from bookings.models import Track
from checklists.models import ChecklistRule, Outcome, ReferralKind, Step, Template

DATA = Path(__file__).parent / "data"
FIRST_DAY = date(2016, 1, 1)
KIND_TEXTS = ("name", "purpose", "precondition", "started_by", "state")


@transaction.atomic
def load_checklists() -> None:
    """Create the outcomes, kinds of referrals, rules and first templates that are missing, in one transaction."""
    add_missing(Outcome, map(_outcome, *_columns("outcomes")), key="code")
    add_missing(ReferralKind, map(_kind, *_columns("referral_kinds")), key="code")
    ChecklistRule.objects.bulk_create(_missing_rules())
    load_templates()


def load_templates() -> None:
    """Create version 1, valid for every site, for each track that has no template for every site."""
    templates = Template.objects.bulk_create(
        Template(track=track, version=1, valid_from=FIRST_DAY)
        for track in Track.objects.exclude(pk__in=Template.objects.filter(site=None).values("track"))
    )
    rows = _read("steps")
    steps = Step.objects.bulk_create(step for template in templates for step in _steps(template, rows))
    outcomes = Outcome.objects.in_bulk(field_name="code")
    through = Step.outcomes.through
    through.objects.bulk_create(
        through(step=step, outcome=outcomes[code]) for step in steps for code in rows[step.key]["outcomes"]
    )


def _steps(template: Template, rows: dict[str, Any]) -> Iterator[Step]:
    for order, (key, row) in enumerate(rows.items(), start=1):
        if template.track.number in row["tracks"]:
            yield Step(
                template=template,
                key=key,
                order=order,
                agency_code=row["agency"],
                by_check_in=row["by_check_in"],
                only_with_children=row.get("only_with_children", False),
                **in_languages(text=row["text"], state=row["state"]),
            )


def _outcome(code: str, row: dict[str, Any]) -> Outcome:
    texts = in_languages(name=row["name"], state=row["state"])
    return Outcome(code=code, valid_from=date.fromisoformat(row["valid_from"]), **texts)


def _kind(code: str, row: dict[str, Any]) -> ReferralKind:
    return ReferralKind(
        code=code,
        starters=row["starters"],
        valid_from=date.fromisoformat(row["valid_from"]),
        **in_languages(**{field: row[field] for field in KIND_TEXTS}),
    )


def _missing_rules() -> Iterator[ChecklistRule]:
    rows = _read("rules")
    known = ChecklistRule.objects.values("track")
    for track in Track.objects.filter(number__in=rows).exclude(pk__in=known):
        yield ChecklistRule(track=track, **rows[str(track.number)])


def _columns(name: str) -> tuple[list[str], list[dict[str, Any]]]:
    """The codes and the rows of a file, in its order."""
    rows = _read(name)
    return list(rows), list(rows.values())


def _read(name: str) -> dict[str, Any]:
    rows: dict[str, Any] = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    return rows
