"""No old name is left: neither a renamed identifier where it stood, nor the path of a module that has moved."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePath

import pytest

ROOT = Path(__file__).parents[1]
APPS = ("motesplats", "checklists", "bookings", "interpreters", "agencies")
TREE = (*APPS, "benchmarks", "tests")
TEXTS = {".cfg", ".html", ".md", ".py", ".sh", ".toml", ".txt", ".yml"}

# Old identifier, new identifier, and where the old one may not stand: a pattern of paths, `*` is everywhere. A name
# that others still use for another thing is looked for only where it was renamed.
RENAMED = """
note                signed_proposal   bookings/chains/*
note                signed_proposal   bookings/proposals/*
wanted              proposal          bookings/chains/*
wanted              proposal          bookings/proposals/*
Book                RuleBook          bookings/availability/problem.py
open_book           load_rule_book    *
Pool                SiteCalendars     bookings/availability/*
place               check_placement   bookings/chains/*
hold                insert_claims     bookings/availability/claims.py
HOLD                INSERT_CLAIMS     bookings/availability/claims.py
in_the_way          find_conflicts    *
claimed_spans       spans_of_chain    *
Wish                Search            bookings/proposals/*
Question            DayProblem        bookings/proposals/*
_told               sentence_for      *
told                sentence_for      bookings/proposals/hints.py
Visit               RequiredMeeting   bookings/attendance/*
Stop                MeetingAtDesk     bookings/chains/check_in.py
Stop                LetterStop        bookings/summons/*
Chain               Candidate         bookings/planner/*
Held                ExtractField      bookings/extracts/*
Refusable           RefusableForm     *
Line                TextField         agencies/web/*
see                 note_person       agencies/read_log/*
present_notes       current_notes     *
write_down          flush_notes       *
NobodyTakesNotes    NoReadLogOpen     *
Ground              ConsentScope      checklists/*
Asked               ShownQuestion     checklists/*
show_code           verify_code       *
_choose             proposal_page     *
beside              problem_extras    agencies/web/*
asked               validated         agencies/web/api.py
shown               serialized        agencies/web/api.py
asked_in_address    validated_query   *
Chains              ChainList         bookings/chains/api.py
OneChain            ChainDetail       *
beat_heart          record_heartbeat  agencies/tasks.py
"""

# Modules that have moved, and where they are now.
MOVED = """
agencies.adapters              agencies.sign_in.adapters
agencies.fields                agencies.web.fields
agencies.forms                 agencies.sign_in.forms
agencies.hours                 agencies.clock
agencies.reading               agencies.read_log.log
agencies.refusable             agencies.web.forms
agencies.rostering             agencies.rosters.shifts
agencies.sealing               agencies.secrecy.sealing
agencies.second_factor         agencies.sign_in.second_factor
agencies.seen                  agencies.read_log.notes
agencies.spot_checking         agencies.read_log.spot_checks
agencies.staffing              agencies.staff.manage
agencies.views.factors         agencies.sign_in.factor_views
agencies.views.sign_in         agencies.sign_in.views
agencies.views.staff           agencies.staff.views
bookings.api.base              agencies.web.api
bookings.api.chains            bookings.chains.api
bookings.api.opaque            bookings.proposals.opaque
bookings.api.parties           bookings.parties.api
bookings.api.places            bookings.attendance.api
bookings.api.problems          agencies.web.problem_schema
bookings.api.proposals         bookings.proposals.api
bookings.api.summons           bookings.summons.api
bookings.api.urls              bookings.api_urls
bookings.api.visits            bookings.visits.api
bookings.booking               bookings.chains.book
bookings.calendar              bookings.newcomer.calendar_file
bookings.checking_in           bookings.chains.check_in
bookings.claims                bookings.availability.claims
bookings.composing             bookings.summons.compose
bookings.disclosing            bookings.visits.disclose
bookings.eligibility           bookings.attendance.eligibility
bookings.extracting            bookings.extracts.sources
bookings.figures               motesplats.followup.figures.read
bookings.forms.members         bookings.chains.member_forms
bookings.forms.parties         bookings.chains.forms
bookings.forms.reasons         bookings.parties.forms
bookings.forms.searching       bookings.proposals.forms
bookings.held                  bookings.extracts.sections
bookings.horizon               bookings.availability.calendars
bookings.identities            bookings.parties.identities
bookings.keying                bookings.links.paper_code
bookings.masking               bookings.parties.masking
bookings.placing               bookings.chains.placement
bookings.planning              bookings.availability.problem
bookings.printing              bookings.summons.copies
bookings.profile               bookings.attendance.profile
bookings.proposing             bookings.proposals.propose
bookings.protecting            bookings.parties.protect
bookings.reference             bookings.attendance.reference
bookings.registering           bookings.parties.register
bookings.retaining             bookings.retention
bookings.summoning             bookings.summons.issue
bookings.summons.dates         agencies.dates
bookings.summons.pictures      bookings.summons.pictograms
bookings.templatetags.pictures bookings.templatetags.pictograms
bookings.typed                 agencies.validators
bookings.views.chains          bookings.chains.views
bookings.views.days            bookings.today.views
bookings.views.keys            bookings.newcomer.code_views
bookings.views.links           bookings.newcomer.day_views
bookings.views.newcomer        bookings.newcomer.pages
bookings.views.parties         bookings.parties.views
bookings.views.pictures        bookings.proposals.timeline
bookings.views.proposals       bookings.chains.booking_views
bookings.views.protection      bookings.parties.protection_views
bookings.views.readings        bookings.newcomer.reading_views
bookings.views.renewing        bookings.summons.views
bookings.views.spot_checks     bookings.readings.views
bookings.views.visits          bookings.visits.views
bookings.wording               bookings.proposals.hints
checklists.asking              checklists.consent.questions
checklists.checklisting        checklists.steps.tick
checklists.consented           checklists.consent.answers
checklists.extracting          checklists.extracts
checklists.progress            checklists.steps.progress
checklists.referring           checklists.steps.refer
checklists.retaining           checklists.retention
checklists.revising            checklists.steps.revise
checklists.saying              checklists.consent.queries
checklists.sheets              checklists.steps.sheet
checklists.views.checklists    checklists.steps.views
checklists.views.consents      checklists.consent.views
checklists.views.newcomer      checklists.steps.newcomer_views
checklists.views.own_consents  checklists.consent.newcomer_views
checklists.views.templates     checklists.steps.template_views
motesplats.problems            agencies.web.problems
motesplats.read_log            agencies.read_log_middleware
"""
# The same words as an old path, but a salt: every stored second factor is opened with it.
SALTS = {"agencies.sealing": {"agencies/secrecy/sealing.py"}}
# Django finds a management command by the name of its module alone; each is a class of this name.
SHARED_CLASS_NAMES = {"Command"}


def rows(table: str) -> list[list[str]]:
    return [line.split() for line in table.strip().splitlines()]


@cache
def trees() -> dict[str, ast.Module]:
    """The syntax tree of every module but the migrations, by its path."""
    found = (path for folder in TREE for path in sorted((ROOT / folder).rglob("*.py")))
    return {
        str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8"))
        for path in found
        if "migrations" not in path.parts
    }


@cache
def identifiers(path: str) -> frozenset[str]:
    return frozenset(name for node in ast.walk(trees()[path]) for name in named_by(node))


def named_by(node: ast.AST) -> Iterator[str]:
    """What a node defines, imports or uses by name."""
    for field in ("id", "attr", "arg", "name", "asname"):
        if isinstance(name := getattr(node, field, None), str):
            yield from name.split(".")


@cache
def definitions() -> Counter[str]:
    """How often each name is given to a class, a function or a constant of the apps."""
    return Counter(
        name
        for path, tree in trees().items()
        if path.startswith(APPS)
        for node in ast.walk(tree)
        for name in defined_by(node)
    )


def defined_by(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.arg):
        yield node.arg if isinstance(node, ast.arg) else node.name
    elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        yield node.id


@pytest.mark.parametrize(("old", "new", "where"), rows(RENAMED), ids=lambda word: word)
def test_a_renamed_identifier_is_gone_and_its_new_name_is_there(old, new, where):
    paths = [path for path in trees() if where == "*" or PurePath(path).match(where)]
    assert paths, "The pattern fits no module."
    assert [path for path in paths if old in identifiers(path)] == []
    assert definitions()[new]


def test_bodies_of_the_api_are_serializers_by_name():
    """A class called `...Shape` was a serializer once; Django REST framework's word is `...Serializer`."""
    shapes = [path for path in trees() if any(re.search(r"\wShape$", name) for name in identifiers(path))]
    assert shapes == []


def module_file(module: str) -> Path:
    return ROOT / (module.replace(".", "/") + ".py")


@cache
def texts() -> dict[str, str]:
    """Every text file of the apps, the tests and the tools, by its path."""
    folders = (*TREE, "templates", "script")
    found = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()]
    found += [path for path in ROOT.iterdir() if path.suffix in TEXTS]
    return {
        str(path.relative_to(ROOT)): path.read_text(encoding="utf-8")
        for path in found
        if (path.suffix in TEXTS or path.parent.name == "script") and path != Path(__file__)
    }


def test_no_module_stands_where_it_stood():
    assert [old for old, _new in rows(MOVED) if module_file(old).exists()] == []


def test_no_text_names_a_module_by_its_old_path():
    """Neither an import nor a string, such as those of settings, tasks and patches."""
    old = "|".join(re.escape(old) for old, _new in rows(MOVED))
    pattern = re.compile(rf"(?<![\w.])(?:{old})(?![\w-])")
    left = {
        (path, found)
        for path, text in texts().items()
        for found in pattern.findall(text)
        if path not in SALTS.get(found, ()) and "/migrations/" not in path and path != "CHANGELOG.md"
    }
    assert left == set()


def test_no_import_names_a_module_by_its_old_path():
    """`from bookings import placing` names one too."""
    old = {old for old, _new in rows(MOVED)}
    left = [
        (path, f"{node.module}.{name.name}")
        for path, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for name in node.names
        if f"{node.module}.{name.name}" in old
    ]
    assert left == []


def test_the_root_of_bookings_has_at_most_twelve_modules():
    assert len(list((ROOT / "bookings").glob("*.py"))) <= 12


def test_no_two_classes_of_the_apps_share_a_name():
    names = Counter(
        node.name
        for path, tree in trees().items()
        if path.startswith(APPS)
        for node in tree.body
        if isinstance(node, ast.ClassDef)
    )
    assert {name for name, times in names.items() if times > 1} == SHARED_CLASS_NAMES
