"""The house's rules bite: each tool refuses what it is there to refuse."""

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib import admin

from tests.catalogue.tables import person_tables

ROOT = Path(__file__).parents[1]
APPS = ("motesplats", "checklists", "bookings", "interpreters", "agencies")
EDGES = re.compile(r"(\w+_)?(api|views|forms|urls)|admin|tasks")
# Shared by every app: the kit that edges are made of.
SHARED = {"agencies.web.api", "agencies.web.forms"}
# Who may read the clock; everybody else is told the moment.
CLOCK_READERS = re.compile(
    r"(\w+_)?(api|views|middleware)|tasks|admin|management|health|adapters"
    # the moment that the walls are told with their viewer; of a session's second factor; of a phone's session
    r"|context|second_factor|access"
    r"|guesses"  # of a wrong try
)
CLOCKS = {"now", "localdate", "localtime"}


def sources(*folders: str) -> Iterator[tuple[Path, ast.Module]]:
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.relative_to(ROOT), ast.parse(path.read_text(encoding="utf-8"))


def clock_readings(tree: ast.Module) -> list[int]:
    """The lines on which `django.utils.timezone` is asked for the present."""
    named = {
        name.asname or name.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.timezone"
        for name in node.names
        if name.name in CLOCKS
    }
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and (
            (isinstance(node.func, ast.Name) and node.func.id in named)
            or (
                isinstance(node.func, ast.Attribute)
                and node.func.attr in CLOCKS
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "timezone"
            )
        )
        and not (node.args or node.keywords)
    ]


def is_edge(path: Path) -> bool:
    return any(CLOCK_READERS.fullmatch(part.removesuffix(".py")) for part in path.parts[1:])


def test_only_edges_read_the_clock():
    found = [
        f"{path}:{line}"
        for path, tree in sources(*APPS)
        if not is_edge(path)
        for line in clock_readings(tree)
    ]
    assert found == [], "Take the moment as `at=`, or the day as an argument."


@pytest.mark.parametrize(
    "code",
    [
        "from django.utils import timezone\ntimezone.now()",
        "from django.utils import timezone\nday = timezone.localdate()",
        "from django.utils.timezone import now\nnow()",
        "from django.utils.timezone import localdate as today\ntoday()",
    ],
)
def test_a_reading_of_the_clock_is_found(code):
    assert clock_readings(ast.parse(code)) == [2]


def test_no_test_sleeps():
    sleepers = [
        f"{path}:{node.lineno}"
        for path, tree in sources("tests")
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"time.sleep", "sleep"}
    ]
    assert sleepers == []


@pytest.mark.parametrize(
    "code",
    [
        "from django.dispatch import receiver",
        "from django.db.models.signals import post_save",
        "from django.db.models import signals",
        "from datetime import datetime\nat = datetime.now()",
        "from datetime import datetime\nat = datetime.utcnow()",
        "from datetime import date\nday = date.today()",
        "import weasyprint",
        "from weasyprint import HTML",
        "from allauth.account.internal import flows",
        "from allauth.core.internal.httpkit import authenticated_user",
        "from allauth.mfa.internal.flows import trust",
        "from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes",
        "from allauth.socialaccount.internal import flows",
    ],
)
def test_ruff_refuses_the_banned_names(code):
    assert "TID251" in ruff(code, "bookings/chains/book.py")


def test_ruff_lets_the_renderer_print():
    assert "TID251" not in ruff("from weasyprint import HTML", "bookings/summons/pdf.py")


def ruff(code: str, path: str) -> str:
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--stdin-filename", path, "-"]
    return subprocess.run(command, input=code, cwd=ROOT, capture_output=True, text=True, check=False).stdout


LINTER = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
# Folders of commands and of formats, in no layers.
WITHOUT_LAYERS = {"motesplats.formats", "motesplats.management"}


def is_guarded(module: str, patterns: set[str]) -> bool:
    """Whether one of import-linter's expressions names the module; `*` is one part of its name."""
    return any(re.fullmatch(pattern.replace(".", r"\.").replace("*", r"\w+"), module) for pattern in patterns)


def test_every_edge_is_private_to_its_app():
    patterns = {name for contract in LINTER["contracts"] for name in contract.get("protected_modules", ())}
    edges = {module_of(path) for path, _tree in sources(*APPS) if EDGES.fullmatch(path.stem)}
    open_edges = {edge for edge in edges - SHARED if not is_guarded(edge, patterns)}
    assert open_edges == set(), "Name it under `protected_modules` in pyproject.toml."
    unused = {pattern for pattern in patterns if not any(is_guarded(edge, {pattern}) for edge in edges)}
    assert unused == set()


def module_of(path: Path) -> str:
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def test_every_room_is_checked_for_layers():
    """A room is a folder with modules; models and planner are whole, and have rules of their own."""
    assert sorted(LINTER["root_packages"]) == sorted(APPS)
    layered = {
        name
        for contract in LINTER["contracts"]
        if contract.get("exhaustive")
        for name in contract["containers"]
    }
    rooms = {
        module_of(path.parent)
        for path, _tree in sources(*APPS)
        if path.stem != "__init__" and not {"models", "planner", "templatetags"} & set(path.parts)
    }
    rooms = {room for room in rooms if not any(f"{room}.".startswith(f"{one}.") for one in WITHOUT_LAYERS)}
    assert rooms == layered


def test_each_room_says_what_it_is_for():
    """One sentence at the top of each folder's `__init__.py`."""
    silent = [
        str(path)
        for path, tree in sources(*APPS)
        if path.name == "__init__.py"
        and not ast.get_docstring(tree)
        and "management" not in path.parts
        and "formats" not in path.parts
        and path.parent.name != "templatetags"
    ]
    assert silent == []


@pytest.mark.django_db
def test_no_person_is_in_the_admin():
    shown = {model._meta.db_table for model in admin.site._registry}
    assert shown & person_tables() == set()
    assert {"agencies_site", "bookings_track", "interpreters_interpreter"} <= shown
