"""SUMMONS: the time of a letter against WeasyPrint alone on the same HTML, and the memory after a hundred letters."""

import gc
import os

from django.utils import timezone
from weasyprint import CSS, HTML  # noqa: TID251
from weasyprint.text.fonts import FontConfiguration  # noqa: TID251

from agencies.models import Reading
from agencies.read_log.log import logged
from agencies.secrecy.context import acting_as, viewer_of
from benchmarks.figures import figure, headline, milliseconds, stopwatch, timed
from benchmarks.memory import resident
from benchmarks.sites import BenchSite, family_of_four, make_site
from bookings.chains.book import book_chain
from bookings.models import Chain, LegalBasis, Track
from bookings.parties.queries import profile_of
from bookings.parties.register import Particulars, register_party
from bookings.proposals.propose import propose
from bookings.summons.compose import compose
from bookings.summons.letter import Letter
from bookings.summons.pdf import OURS, VARIANT, OurFilesOnly, printer
from bookings.summons.render import BASE, printable, render, to_html
from bookings.summons.static_files import static_file

PROMISE = 1.2
GROWTH = 1.1


def measure() -> None:
    headline("SUMMONS: a family of four, Arabic and Swedish")
    with stopwatch("preparation"):
        letter = _letter(make_site("lulea", desks=dict.fromkeys(("MIG", "SKV", "FK", "AF", "KOM"), 1),
                                     interpreters={"ar": 1}, days=1))  # fmt: skip
    _against_bare(letter)
    _hundred(letter)


def _against_bare(letter: Letter) -> None:
    html = to_html(letter)
    fonts, fetcher = FontConfiguration(), OurFilesOnly(static_file("tokens.css").parent)
    styles = [CSS(url=f"{OURS}{name}", font_config=fonts, url_fetcher=fetcher) for name in BASE]

    def bare() -> object:
        page = HTML(string=html, base_url=OURS, url_fetcher=fetcher)
        return page.write_pdf(stylesheets=styles, font_config=fonts, **VARIANT)

    bare_seconds, ours = timed(bare, times=9), timed(lambda: render(letter), times=9)
    figure("bare render of the same HTML", milliseconds(bare_seconds))
    figure("our summons", milliseconds(ours))
    ratio = ours / bare_seconds
    figure("ratio", f"{ratio:.2f}", promise=f"≤ {PROMISE}", kept=ratio <= PROMISE)


def _hundred(letter: Letter) -> None:
    press, page, at_twenty = printer(static_file("tokens.css").parent), printable(letter), 0.0
    for number in range(1, 101):
        press.pdfs([page], each=True, joined=False)
        if number == 20:
            gc.collect()
            at_twenty = resident(os.getpid())
    gc.collect()
    at_hundred = resident(os.getpid())
    figure("memory after 20 and after 100 letters", f"{at_twenty:.0f}, {at_hundred:.0f} MB",
           promise="no growth", kept=at_hundred <= at_twenty * GROWTH)  # fmt: skip


def _letter(bench: BenchSite) -> Letter:
    by, at = bench.desks["MIG"][0], timezone.now()
    with acting_as(viewer_of(by)), logged(what=Reading.What.PRINT, why=Reading.Why.SUMMONS, at=at):
        party = register_party(
            language="ar",
            municipality=bench.municipality,
            legal_basis=LegalBasis.objects.get(code="UTL-5-1"),
            members=family_of_four(),
            particulars=Particulars(address="Exempelgatan 2, 970 00 Luleå"),
            by=by,
            at=at,
        )
        answer = propose(
            profile=profile_of(party), site=bench.site, track=Track.objects.get(number=1),
            first=bench.first, last=bench.last, at=at,
        )  # fmt: skip
        signed = answer.options[0].proposal.sign()
        chain: Chain = book_chain(party=party, proposal=signed, by=by, at=at, to_print=False)
        return compose(chain.summonses.get(), chain.links.order_by("pk")[0])
