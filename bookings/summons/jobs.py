"""The jobs of the render process; importing this does not load WeasyPrint, which only that process needs."""

from collections.abc import Sequence
from pathlib import Path

from bookings.summons.printable import Printable


def print_pdfs(static: Path, printables: Sequence[Printable], *, each: bool, joined: bool) -> list[bytes]:
    """`each`: a PDF of each printable; `joined`: then one of all. Laid out once for both."""
    from bookings.summons.pdf import printer

    return printer(static).pdfs(printables, each=each, joined=joined)
