"""Lays out every letter of the matrix: what is missing, over something else or off the paper; how small the type is."""

import os
from collections import Counter
from random import Random

from bookings.summons.pdf import printer
from bookings.summons.render import printable
from bookings.summons.static_files import static_file
from tests.bookings.summons.letter_matrix import cases, letter_of
from tests.bookings.summons.paper import marks_of, small_share
from tests.bookings.summons.test_matrix import faults_of

SHARE = float(os.environ.get("SHARE", "1"))  # of the matrix


def test_every_letter_has_its_first_page_whole() -> None:
    every = list(cases())
    chosen = Random(9).sample(every, round(len(every) * SHARE))
    faults: dict[str, list[str]] = {}
    sizes: Counter[int] = Counter()
    layouts: Counter[int] = Counter()
    small: Counter[str] = Counter()
    pages = 0
    press = printer(static_file("tokens.css").parent)
    for case in chosen:
        letter = letter_of(case)
        laid_out = press.lay_out(printable(letter))
        if found := faults_of(letter, laid_out):
            faults[str(case)] = found
        sizes[laid_out.sizes["page-1"]] += 1
        layouts[laid_out.layouts] += 1
        pages += len(laid_out.document.pages)
        less, all_of_it = small_share(marks_of(laid_out.document.pages[0]))
        small[f"{case.language} less"] += less
        small[case.language] += all_of_it
    shares = {key: f"{small[f'{key} less'] / small[key]:.0%}" for key in small if " " not in key}
    print(
        f"\n{len(chosen)} of {len(every)} letters, {pages} pages; size of the first page, 1 (11.5 pt) to 10 (8.5 pt):"
        f" {dict(sorted(sizes.items()))}; layouts: {dict(sorted(layouts.items()))};"
        f"\ncharacters under 10 pt on first pages: {shares}; failures: {len(faults)}"
    )
    for name, found in faults.items():
        print(f"  {name}: {found}")
    assert faults == {}
