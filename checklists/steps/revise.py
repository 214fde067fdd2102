"""Make the next version of a site's template; checklists that are begun keep the version they have."""

from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from agencies.clock import local
from agencies.codes import met_choices
from agencies.models import Role, Site, TextState, User
from agencies.refusals import Refusal
from agencies.validators import validate_plain
from bookings.models import Track
from checklists.models import Step, Template
from checklists.steps.sheet import newest_template

LONGEST_TEXT = 120
MOST_STEPS = 60


class NotYourSite(Refusal):
    kind = "not-your-site"
    status = 403


class StepsRefused(Refusal):
    kind = "steps-refused"


class RevisedMeanwhile(Refusal):
    kind = "revised-meanwhile"
    status = 409


@dataclass(frozen=True, slots=True)
class StepWording:
    """A step as the coordinator wants it: `key` of the step before, "" for a new one; `texts` by language."""

    key: str
    agency: str
    texts: dict[str, str] = field(default_factory=dict)


def revise_template(
    *, site: Site, track: Track, after: int, wordings: Sequence[StepWording], by: User, at: datetime
) -> Template:
    """Make the next version for the site and track; `after` is the primary key of the version on the page.

    Raises NotYourSite, StepsRefused, or RevisedMeanwhile if that is not the newest version any more.
    """
    if by.role != Role.COORDINATOR or not by.sites.filter(pk=site.pk).exists():
        raise NotYourSite(_("Only a coordinator of the site changes its checklists."))
    today = local(at).date()
    before = newest_template(site=site.pk, track=track.pk, on=today)
    if before is None or before.pk != after:
        raise RevisedMeanwhile(_("Somebody has just changed this checklist. Look at the page again."))
    _check(wordings)
    try:
        with transaction.atomic():
            template = Template.objects.create(
                site=site,
                track=track,
                version=before.version + 1 if before.site_id else 1,
                valid_from=today,
                made_by=by,
            )
    except IntegrityError as error:
        raise RevisedMeanwhile(
            _("Somebody has just changed this checklist. Look at the page again.")
        ) from error
    _write_steps(template, wordings, {step.key: step for step in before.steps.prefetch_related("outcomes")})
    return template


def _check(wordings: Sequence[StepWording]) -> None:
    agencies = dict(met_choices())
    errors = {
        f"steps-{number}": [message]
        for number, wording in enumerate(wordings)
        if (message := _error(wording, agencies))
    }
    if not 0 < len(wordings) <= MOST_STEPS:
        errors["steps"] = [_("A checklist has between 1 and %(most)s steps.") % {"most": MOST_STEPS}]
    if errors:
        raise StepsRefused(_("Look at the marked fields."), errors=errors)


def _error(wording: StepWording, agencies: Container[str]) -> str:
    """What is wrong with the wording, "" if nothing is; `agencies`: the codes that there are."""
    if wording.agency not in agencies:
        return _("Choose an agency.")
    if not wording.texts.get("sv"):
        return _("Write the step in Swedish at least. Where another language is missing, Swedish is shown.")
    if any(len(text) > LONGEST_TEXT for text in wording.texts.values()):
        return _("Write at most %(most)s characters.") % {"most": LONGEST_TEXT}
    try:
        validate_plain("".join(wording.texts.values()))
    except ValidationError as error:
        return str(error.message)
    return ""


def _write_steps(template: Template, wordings: Sequence[StepWording], before: dict[str, Step]) -> None:
    taken = set(before)
    for order, wording in enumerate(wordings, start=1):
        former = before.get(wording.key)
        step = Step(
            template=template,
            key=former.key if former else _new_key(wording, taken),
            agency_code=former.agency_code if former else wording.agency,
            order=order,
            by_check_in=bool(former and former.by_check_in),
            only_with_children=bool(former and former.only_with_children),
            **_texts(wording, former),
        )
        step.save()
        step.outcomes.set(former.outcomes.all() if former else [])


def _texts(wording: StepWording, former: Step | None) -> dict[str, str]:
    """The values of the step's text fields; a text that has changed is a draft, an unchanged one keeps its state."""
    texts = {}
    for language, text in wording.texts.items():
        same = former and getattr(former, f"text_{language}") == text
        texts[f"text_{language}"] = text
        texts[f"state_{language}"] = getattr(former, f"state_{language}") if same else TextState.DRAFT
    return texts


def _new_key(wording: StepWording, taken: set[str]) -> str:
    """A key made from the English text, or the Swedish, unlike every key in `taken`; added to them."""
    stem = slugify(f"{wording.agency}-{wording.texts.get('en') or wording.texts['sv']}")[:26].strip("-")
    key = next(each for n in range(MOST_STEPS + 1) if (each := f"{stem}-{n}" if n else stem) not in taken)
    taken.add(key)
    return key
