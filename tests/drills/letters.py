"""Lays out every letter of the matrix: what is missing, over something else or off the paper; how small the type is.

A process on each core, fifteen minutes of the processor in all; `SHARE=0.1` lays out a tenth of them.
"""

import os
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from random import Random
from statistics import fmean
from time import monotonic, process_time

from bookings.summons.letter import Letter
from bookings.summons.pdf import LaidOut, printer
from bookings.summons.printable import FittedPart
from bookings.summons.render import printable
from bookings.summons.static_files import static_file
from tests.bookings.summons.letter_matrix import Case, cases, letter_of
from tests.bookings.summons.paper import marks_of, small_share
from tests.bookings.summons.test_matrix import faults_of

SHARE = float(os.environ.get("SHARE", "1"))  # of the matrix
AT_ONCE = 20  # letters that a process takes


@dataclass(frozen=True, slots=True)
class Found:
    """What a letter came out as."""

    case: Case
    faults: list[str]
    size: int
    layouts: int
    pages: int
    small: int
    characters: int
    seconds: float
    too_high: dict[tuple[str, str, int], float]  # by part, language and size: mm of the guess


def too_high(
    letter: Letter, parts: Mapping[str, FittedPart], found: LaidOut
) -> dict[tuple[str, str, int], float]:
    """By how much each guess was above what was then measured; a page that went over is not told of."""
    languages = {f"page-{number}": page.language for number, page in enumerate(letter.pages, start=1)}
    languages["sheet"] = letter.pages[0].language
    return {
        (name.partition("-")[0], languages[name], size): part.guesses[size - 1]
        - found.tried[name][size].height
        for name, part in parts.items()
        if found.tried[name][size := found.sizes[name]].is_one
    }


def lay_out(case: Case) -> Found:
    began = process_time()
    letter = letter_of(case)
    html = printable(letter)
    found = printer(static_file("tokens.css").parent).lay_out(html)
    small, characters = small_share(marks_of(found.document.pages[0]))
    return Found(
        case=case,
        faults=faults_of(letter, found),
        size=found.sizes["page-1"],
        layouts=found.layouts,
        pages=len(found.document.pages),
        small=small,
        characters=characters,
        seconds=process_time() - began,
        too_high=too_high(letter, html.parts, found),
    )


def found_of(chosen: list[Case]) -> Iterator[Found]:
    """In the order of the cases, with a word on how far it has come."""
    printer(static_file("tokens.css").parent)  # loaded once, inherited by each process
    with ProcessPoolExecutor(os.cpu_count(), get_context("fork")) as processes:
        for number, found in enumerate(processes.map(lay_out, chosen, chunksize=AT_ONCE), start=1):
            if number % 100 == 0:
                print(f"{number} of {len(chosen)}", flush=True)
            yield found


def test_every_letter_has_its_first_page_whole() -> None:
    every, began = list(cases()), monotonic()
    letters = list(found_of(Random(9).sample(every, round(len(every) * SHARE))))
    sizes, layouts = (Counter(getattr(one, name) for one in letters) for name in ("size", "layouts"))
    faults = {str(one.case): one.faults for one in letters if one.faults}
    print(
        f"\n{len(letters)} of {len(every)} letters, {sum(one.pages for one in letters)} pages;"
        f" {sum(one.seconds for one in letters) / len(letters):.2f} s of the processor each,"
        f" {(monotonic() - began) / 60:.1f} min in all;"
        f"\nsize of the first page, 1 (11.5 pt) to 10 (8.5 pt): {dict(sorted(sizes.items()))};"
        f" layouts: {dict(sorted(layouts.items()))};"
        f"\ncharacters under 10 pt on first pages: {shares_of(letters)}; failures: {len(faults)}"
    )
    print("guesses too high by mm, in the mean:", means_of(letters))
    for name, found in faults.items():
        print(f"  {name}: {found}")
    assert faults == {}


def shares_of(letters: list[Found]) -> dict[str, str]:
    """Of small characters, by language."""
    small, characters = Counter[str](), Counter[str]()
    for one in letters:
        small[one.case.language] += one.small
        characters[one.case.language] += one.characters
    return {language: f"{small[language] / characters[language]:.0%}" for language in characters}


def means_of(letters: list[Found]) -> dict[str, dict[int, float]]:
    """Of what the guesses were too high, by part and language, then by size."""
    every: dict[tuple[str, str, int], list[float]] = {}
    for one in letters:
        for key, millimetres in one.too_high.items():
            every.setdefault(key, []).append(millimetres)
    means: dict[str, dict[int, float]] = {}
    for (part, language, size), values in sorted(every.items()):
        means.setdefault(f"{part} {language}", {})[size] = round(fmean(values), 1)
    return means
