"""Tasks are sent downwards: a name in a string is an import that import-linter does not see."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from celery import current_app

ROOT = Path(__file__).parents[1]
APPS = ("agencies", "interpreters", "bookings", "checklists", "motesplats")
TASK_NAME = re.compile(rf"({'|'.join(APPS)})\.[\w.]*tasks\.\w+")


def modules() -> Iterator[tuple[str, ast.Module]]:
    """The path, from the root, and syntax tree of every module of the apps."""
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


def task_names(tree: ast.Module) -> set[str]:
    """The strings that look like a task's name, wherever they stand."""
    strings = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return {text for text in strings if isinstance(text, str) and TASK_NAME.fullmatch(text)}


def upward_calls(found: Iterable[tuple[str, ast.Module]]) -> list[str]:
    """`path: name` for every task of an app above the module's own."""
    return [
        f"{path}: {name}"
        for path, tree in found
        for name in sorted(task_names(tree))
        if APPS.index(name.split(".")[0]) > APPS.index(path.split("/")[0])
    ]


def unreadable_calls(found: Iterable[tuple[str, ast.Module]]) -> list[str]:
    """`path:line` for every `send_task` or `signature` whose name is no string constant."""
    return [
        f"{path}:{node.lineno}"
        for path, tree in found
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).split(".")[-1] in {"send_task", "signature"}
        and not (node.args and isinstance(node.args[0], ast.Constant))
    ]


def test_no_module_sends_a_task_of_a_higher_app() -> None:
    assert upward_calls(modules()) == []


def test_a_task_is_sent_by_a_name_that_stands_in_the_call() -> None:
    assert unreadable_calls(modules()) == []


def test_every_task_that_is_named_exists() -> None:
    current_app.loader.import_default_modules()
    named = {name for _, tree in modules() for name in task_names(tree)}
    assert named <= set(current_app.tasks)
    assert {"agencies.tasks.send_due", "motesplats.tasks.keep_no_longer"} <= named


@pytest.mark.parametrize(
    "code",
    [
        'current_app.send_task("motesplats.tasks.keep_no_longer", kwargs={})',
        'NAME = "checklists.tasks.sweep"',
        '@shared_task(name="motesplats.tasks.keep_no_longer")\ndef keep_no_longer(): ...',
        '{"task": "motesplats.followup.tasks.count"}',
    ],
)
def test_an_upward_call_is_found(code: str) -> None:
    assert len(upward_calls([("bookings/extracts/sources.py", ast.parse(code))])) == 1


@pytest.mark.parametrize("name", ["bookings.tasks.count_days", "agencies.tasks.send_due"])
def test_a_call_within_the_app_or_downwards_is_none(name: str) -> None:
    code = ast.parse(f"current_app.send_task({name!r})")
    assert upward_calls([("bookings/summons/copies.py", code)]) == []


def test_a_name_that_is_put_together_is_found() -> None:
    code = ast.parse('current_app.send_task(f"motesplats.tasks.{verb}")')
    assert unreadable_calls([("bookings/summons/copies.py", code)]) == ["bookings/summons/copies.py:1"]
