"""The texts of code and templates that gettext translates."""

import ast
import io
from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from django.utils.translation.template import templatize

APPS = ("agencies", "interpreters", "bookings", "checklists", "motesplats")
# The arguments that hold texts; "c" marks the context.
KEYWORDS = {
    "_": (1,),
    "gettext": (1,),
    "gettext_lazy": (1,),
    "gettext_noop": (1,),
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def collect(root: Path) -> Catalog:
    """Every text under `root`, with the files that hold it, in the order of the files' names."""
    texts = Catalog(charset="utf-8")
    for path in sorted(_files(root)):
        name = path.relative_to(root).as_posix()
        for _, message, _, context in extract("python", io.BytesIO(_as_python(path)), KEYWORDS):
            texts.add(message, locations=[(name, 0)], context=context)
    return texts


def hidden(root: Path) -> Iterator[str]:
    """Where an f-string holds a text, so that it cannot be collected: file and line."""
    for path in sorted(_files(root)):
        if path.suffix == ".py":
            name = path.relative_to(root).as_posix()
            yield from (f"{name}:{line}" for line in _lines_in_f_strings(ast.parse(path.read_text("utf-8"))))


def _lines_in_f_strings(code: ast.Module) -> Iterator[int]:
    return (part.lineno for part in ast.walk(code) if isinstance(part, ast.expr) and _hides_a_text(part))


def _hides_a_text(code: ast.expr) -> bool:
    """Whether this is an f-string with a translated text within, or the translation of an f-string."""
    if isinstance(code, ast.JoinedStr):
        return any(_is_translation(part) for part in ast.walk(code))
    return _is_translation(code) and any(isinstance(text, ast.JoinedStr) for text in code.args)


def _is_translation(node: ast.AST) -> TypeGuard[ast.Call]:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS


def _files(root: Path) -> Iterator[Path]:
    for app in APPS:
        yield from (root / app).rglob("*.py")
    yield from (path for path in (root / "templates").rglob("*.*") if path.suffix in {".html", ".txt"})


def _as_python(path: Path) -> bytes:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # Django leaves the markup's indentation, which Python's tokenizer would read as blocks.
        source = "\n".join(line.lstrip() for line in templatize(source, origin=path.name).split("\n"))
    return source.encode()
