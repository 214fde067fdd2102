"""Reads of checklists: the parts that the viewer sees, put together as one sheet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import F, Prefetch, Q, QuerySet
from django.utils.translation import get_language

from agencies.read_log.notes import note_person
from bookings.models.expected import at_hand
from checklists.models import (
    AgencyNote,
    Checklist,
    ChecklistRule,
    Note,
    Outcome,
    Part,
    Referral,
    ReferralKind,
    Step,
    Template,
    Tick,
)
from checklists.steps.children import has_children
from checklists.steps.progress import ChecklistLine, Progress, progress_of

NOTHING = "-"  # the version of what is not ticked or not written


@dataclass(frozen=True, slots=True)
class AgencySection:
    """One agency's steps; `ticks` has by the primary key of the step the ticks made by hand."""

    part: Part
    steps: list[Step]
    ticks: dict[int, Tick]

    @property
    def lines(self) -> list[ChecklistLine]:
        return [self._line(step) for step in self.steps]

    @property
    def versions(self) -> list[str]:
        """Of each step what its tick says, to be told with a change of it."""
        return [version_of(self.ticks.get(step.pk)) for step in self.steps]

    @property
    def progress(self) -> Progress:
        return progress_of(self.lines)

    def _line(self, step: Step) -> ChecklistLine:
        agency, tick = self.part.agency.code, self.ticks.get(step.pk)
        if step.by_check_in:
            return ChecklistLine(step.key, agency, step.text, done_on=self.part.came_on)
        if tick is None:
            return ChecklistLine(step.key, agency, step.text)
        outcome = tick.outcome.name if tick.outcome else ""
        return ChecklistLine(step.key, agency, step.text, done_on=tick.done_on, outcome=outcome)


@dataclass(frozen=True)
class Sheet:
    """A chain's checklist as the viewer sees it; `checklist` is None before the first tick."""

    parts: list[Part]
    template: Template
    checklist: Checklist | None
    sections: list[AgencySection]
    referrals: list[Referral]
    note: Note | None

    @property
    def reference(self) -> str:
        return self.parts[0].reference

    @property
    def own(self) -> AgencySection | None:
        """The section of the viewer's own agency."""
        return next((section for section in self.sections if section.part.is_own), None)

    @property
    def is_shut(self) -> bool:
        """Whether the viewer, the party itself, is not shown the steps yet."""
        return any(part.is_shut for part in self.parts)

    @property
    def note_version(self) -> str:
        return version_of(self.note)

    @property
    def others(self) -> list[AgencySection]:
        return [section for section in self.sections if not section.part.is_own]

    @cached_property
    def progress(self) -> Progress:
        return progress_of([line for section in self.sections for line in section.lines])

    @property
    def with_whom(self) -> Part | None:
        """The agency of the next step."""
        line = self.progress.next
        return next((part for part in self.parts if line and part.agency.code == line.agency), None)


def version_of(written: Tick | Note | AgencyNote | None) -> str:
    """The version that is seen: of a tick or a note, or `NOTHING`."""
    return written.version if written else NOTHING


def parts_of(reference: str) -> list[Part]:
    """The parts of the chain's checklist that the viewer sees, its own agency's first."""
    return _own_first(Part.objects.filter(at_hand("party_id"), reference=reference))


def parts_of_chain(chain_id: int) -> list[Part]:
    """The same by primary key, for the holder of a link of the chain."""
    return _own_first(Part.objects.filter(chain_id=chain_id))


def sheet_of(parts: Sequence[Part], *, on: date) -> Sheet | None:
    """The parts as one sheet, after the template in force on that day if nobody has written in the checklist yet.

    None without a template. Notes the whole party for the read log.
    """
    first = parts[0]
    note_person(*first.people)
    checklist = _checklist_of(first)
    template = _template(first, checklist, on=on)
    if template is None:
        return None
    steps = _for_party(first, list(_steps(template, on=on)))
    ticks = list(ticks_of(checklist)) if checklist else []
    return Sheet(
        parts=list(parts),
        template=template,
        checklist=checklist,
        sections=[
            section for part in parts if not part.is_shut and (section := _section(part, steps, ticks)).steps
        ],
        referrals=list(_referrals(checklist)) if checklist else [],
        note=Note.objects.select_related("written_by__agency").filter(party=first.party_id).first(),
    )


def steps_of(part: Part, *, on: date) -> QuerySet[Step]:
    """The steps of the part's agency in the chain's checklist, or in the template in force that day."""
    template = _template(part, _checklist_of(part), on=on)
    if template is None:
        return Step.objects.none()
    steps = _steps(template, on=on).filter(agency_code=part.agency.code)
    return steps.filter(pk__in=[step.pk for step in _for_party(part, list(steps))])


def template_in_force(part: Part, *, on: date) -> Template | None:
    """The newest version for the part's site and track."""
    return newest_template(site=part.site_id, track=part.track_id, on=on)


def newest_template(*, site: int, track: int, on: date) -> Template | None:
    """The newest version valid that day for the track: the site's own, or else the one for every site."""
    valid = Template.objects.filter(Q(site=site) | Q(site=None), track=track, valid_from__lte=on)
    return valid.select_related("track").order_by(F("site").asc(nulls_last=True), "-version").first()


def is_shut_at_first(part: Part) -> bool:
    """Whether the party itself is shown the steps of this track only once the agency that summons has met it."""
    return not ChecklistRule.objects.filter(track=part.track_id, shut_until_met=False).exists()


def agency_notes_of(part: Part) -> QuerySet[AgencyNote]:
    """What the part's agency has noted of the party, the note that holds first; nothing of another agency's."""
    found = AgencyNote.objects.filter(party=part.party_id, agency=part.agency_id)
    return found.select_related("written_by")


def own_note_of(reference: str) -> AgencyNote | None:
    """The note that holds of the viewer's own agency, None if there is none or the chain is not at hand."""
    own = next((part for part in parts_of(reference) if part.is_own), None)
    note = agency_notes_of(own).first() if own else None
    return note if note and note.text else None


def ticks_of(checklist: Checklist) -> QuerySet[Tick]:
    """The ticks that have not been taken back, as far as the viewer sees them."""
    return checklist.ticks.filter(taken_back_at=None).select_related("outcome", "ticked_by")


def kinds_on(day: date) -> QuerySet[ReferralKind]:
    """The kinds of referrals that are valid that day."""
    return ReferralKind.objects.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)


def is_draft(sheet: Sheet) -> bool:
    """Whether a step's text in the active language is still a draft."""
    language = get_language()
    return not all(step.is_checked(language) for section in sheet.sections for step in section.steps)


def _own_first(found: QuerySet[Part]) -> list[Part]:
    """One part of each agency, also of one that meets an adult alone: that of the first meeting that has been."""
    parts = found.select_related("agency__municipality", "owner", "site", "track")
    in_order = sorted(
        parts,
        key=lambda part: (not part.is_own, part.starts_at is None, part.starts_at or 0, part.agency_id),
    )
    first: dict[int, Part] = {}
    for part in in_order:
        kept = first.get(part.agency_id)
        if kept is None or (part.came_on and not kept.came_on):
            first[part.agency_id] = part
    return list(first.values())


def _checklist_of(part: Part) -> Checklist | None:
    return Checklist.objects.select_related("template__track").filter(chain=part.chain_id).first()


def _template(part: Part, checklist: Checklist | None, *, on: date) -> Template | None:
    return checklist.template if checklist else template_in_force(part, on=on)


def _steps(template: Template, *, on: date) -> QuerySet[Step]:
    valid = Outcome.objects.filter(Q(valid_to=None) | Q(valid_to__gte=on), valid_from__lte=on)
    return template.steps.prefetch_related(Prefetch("outcomes", queryset=valid))


def _for_party(part: Part, steps: list[Step]) -> list[Step]:
    """The steps that concern the party: those about children only where there are any."""
    if any(step.only_with_children for step in steps) and not has_children(part):
        return [step for step in steps if not step.only_with_children]
    return steps


def _section(part: Part, steps: list[Step], ticks: list[Tick]) -> AgencySection:
    own = [step for step in steps if step.agency_code == part.agency.code]
    return AgencySection(
        part, own, {tick.step_id: tick for tick in ticks if tick.agency_id == part.agency_id}
    )


def _referrals(checklist: Checklist) -> Iterator[Referral]:
    return checklist.referrals.select_related("kind", "agency").iterator()
