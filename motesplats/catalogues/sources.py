"""The texts of code and templates that gettext translates."""

import io
from collections.abc import Iterator
from pathlib import Path

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
