"""Prints the tests that a change touches, for `script/test --fast`: those of the rooms whose files differ from main.

A file of `bookings/chains/` or `templates/bookings/chains/` stands for `tests/bookings/chains/`; one at an app's root
for the test of its name, or all tests at the root of the app's; a model or migration for the whole app. The rooms that
use a changed room are not run: the whole `script/test` does that.
"""

import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from motesplats.embedded.postgres import ROOT

APPS = {"motesplats", "checklists", "bookings", "interpreters", "agencies"}
ALWAYS = ("tests/test_house.py", "tests/test_relations.py")
CONTAINERS, EMBEDDED = "tests/motesplats/test_containers.py", "tests/motesplats/test_embedded.py"
# Folders whose tests stand elsewhere; what is not named here goes by its place.
ELSEWHERE = {
    "agencies/walls.py": ("tests/catalogue/test_*.py", "tests/*/test_walls.py"),
    "locale": ("tests/*/test_texts.py", "tests/motesplats/catalogues/*.py"),
    "motesplats/demo": ("tests/motesplats/test_seed_demo.py",),
    "motesplats/embedded": (
        EMBEDDED,
        "tests/motesplats/embedded/test_*.py",
        "tests/motesplats/test_code.py",
        "tests/motesplats/test_changes.py",
    ),
    "motesplats/settings": (CONTAINERS,),
    "motesplats/static": ("tests/test_templates.py",),
    "script": (CONTAINERS, EMBEDDED),
    "tests/factories": ("tests/test_factories.py",),
}


def git(*arguments: str) -> list[str]:
    """Return the lines that git prints; none if it refuses."""
    answer = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return answer.stdout.splitlines()


def changed_files() -> set[str]:
    """What differs from the merge base with main; on a main without changes, what its last commit changed."""
    base = [*git("merge-base", "HEAD", "main"), "HEAD"][0]
    changed = {*differing(base), *git("ls-files", "--others", "--exclude-standard")}
    return changed or set(differing("HEAD~1"))


def differing(base: str) -> list[str]:
    return git("diff", "--name-only", "--no-renames", base)


def tests_of(file: str) -> Iterator[str]:
    """Patterns of the tests that a file stands for."""
    path = Path(file)
    for folder, patterns in ELSEWHERE.items():
        if path.is_relative_to(folder):
            yield from patterns
            return
    match path.parts:
        case ["tests", *_]:
            yield file if path.name.startswith("test_") else f"{path.parent}/**/test_*.py"
        case ["templates", *inner]:
            yield "tests/test_templates.py"
            if inner[0] in APPS:
                yield from tests_of_room(Path(*inner))
        case [app, *inner] if app in APPS:
            if inner[0] in {"models", "migrations"}:
                yield from (f"tests/{app}/**/test_*.py", "tests/catalogue/test_*.py")
            else:
                yield from tests_of_room(path)
        case [_] if path.suffix != ".md":
            yield CONTAINERS


def tests_of_room(path: Path) -> Iterator[str]:
    """Patterns of the tests of the innermost room that has some, else of those at the app's root."""
    app, *rooms = path.parent.parts
    while rooms:
        inner = "/".join([app, *rooms])
        if (ROOT / "tests" / inner).is_dir():
            yield f"tests/{inner}/**/test_*.py"
            return
        rooms.pop()
    room = path.parts[1].removesuffix(".py")
    named = (f"tests/{app}/test_{name}.py" for name in (path.stem, room))
    yield next((test for test in named if (ROOT / test).exists()), f"tests/{app}/test_*.py")


def touched_tests(files: Iterable[str]) -> list[str]:
    """The test files that the changed files stand for, and those that are always run."""
    patterns = {*ALWAYS, *(pattern for file in files for pattern in tests_of(file))}
    return sorted({str(test.relative_to(ROOT)) for pattern in patterns for test in ROOT.glob(pattern)})


if __name__ == "__main__":
    print("\n".join(touched_tests(changed_files())))
