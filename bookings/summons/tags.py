"""What WeasyPrint leaves out of a PDF's tags: the language of its parts, and that a picture only decorates.

It has no way in for either, so two of its functions are wrapped: a tag gets the language that its element names, and a
picture with `aria-hidden` and no title becomes an artifact, which a screen reader passes over.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any

import pydyf
from weasyprint.pdf import tags
from weasyprint.pdf.stream import Stream

SVG = "{http://www.w3.org/2000/svg}"
_build, _marked = tags._build_box_tree, Stream.marked  # noqa: SLF001  there is no other way in


def install() -> None:
    """Let every PDF of this process be tagged so."""
    tags._build_box_tree, Stream.marked = _with_language, _marked_or_artifact  # noqa: SLF001


def _with_language(box: Any, *rest: Any) -> Iterator[Any]:
    box = getattr(box, "_box", box)  # of one that is placed absolutely
    if _is_decoration(box):
        return
    language = _language_of(box)
    for element in _build(box, *rest):
        if language:
            element["Lang"] = pydyf.String(language)
            if element["S"] == "/NonStruct":
                element["S"] = "/Span"
        yield element


def _language_of(box: Any) -> str:
    is_whole = box.element is None or box.element_tag in ("html", "body")
    return "" if is_whole else box.element.get("lang", "")


def _marked_or_artifact(stream: Any, box: Any, tag: str) -> AbstractContextManager[None]:
    made: AbstractContextManager[None] = (
        stream.artifact() if _is_decoration(box) else _marked(stream, box, tag)
    )
    return made


def _is_decoration(box: Any) -> bool:
    element = box.element
    is_hidden = (
        element is not None and box.element_tag == f"{SVG}svg" and element.get("aria-hidden") == "true"
    )
    return is_hidden and element.find(f"{SVG}title") is None
