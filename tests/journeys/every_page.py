"""Every page that each role may open, and the barriers of it: what axe finds, and what is over the screen's edge."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from http.cookies import SimpleCookie

from django.test import Client
from playwright.sync_api import Page

from tests.addresses import addresses
from tests.journeys.axe import found_by_axe

WIDE, NARROW, NARROWEST = 1280, 360, 320
# Text alone is made larger, as a phone does.
LARGER, AS_IT_WAS = (f"document.documentElement.style.fontSize = '{size}'" for size in ("200%", ""))
NO_PAGES = ("/admin/", "/api/", "/static/")
UNFOLD = "all => all.forEach(one => one.open = !one.matches('.who'))"
# What may be scrolled sideways by itself, or is there for screen readers alone, reaches over no edge.
OVER = """() => [...document.body.querySelectorAll('*:not(svg *)')].filter(one => {
  const box = one.getBoundingClientRect();
  return one.checkVisibility() && box.width && !one.closest('.sideways, .scroll, .vh')
    && (box.right > innerWidth + 1 || box.left < -1);
}).map(one => one.outerHTML.slice(0, 90))"""


@dataclass(frozen=True)
class Opened:
    """A page as one role opens it."""

    role: str
    address: str
    cookies: str

    def __str__(self) -> str:
        return f"{self.role} {self.address}"


def addresses_of(role: str, known: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Where the role may find a page: newcomers at theirs, staff at all others; `known` stands in addresses."""
    for template, found in {found.template: found for found in addresses()}.items():
        is_newcomers = template == "/b" or template.startswith(("/d/", "/b/"))
        if is_newcomers is role.startswith("newcomer") and not template.startswith(NO_PAGES):
            yield from found.filled({name: known.get(name, ["1"]) for name in found.names})


def pages(asked: Iterable[tuple[str, str]], readers: Mapping[str, Client]) -> Iterator[Opened]:
    """Of these roles and addresses those that are answered with a page."""
    signed_in = {role: browser.cookies.output(header="", sep=";") for role, browser in readers.items()}
    for role, address in asked:
        readers[role].cookies = SimpleCookie(signed_in[role])
        answer = readers[role].get(address)
        is_page = (
            answer["Content-Type"].startswith("text/html") and "<html" in answer.text
        )  # and no part of one
        if answer.status_code == 200 and is_page:
            yield Opened(role, address, signed_in[role])


def barriers(page: Page, opened: Opened) -> Iterator[str]:
    """What is wrong with the page, wide and narrow, with text of twice the size, and in forced colours."""
    page.context.clear_cookies()
    cookies = SimpleCookie(opened.cookies).items()
    page.context.add_cookies(
        [{"name": name, "value": one.value, "domain": "localhost", "path": "/"} for name, one in cookies]
    )
    page.goto(opened.address)
    page.locator("details").evaluate_all(UNFOLD)
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        yield from (f"{opened} {width}: {what}" for what in found_by_axe(page))
    for width, text in ((NARROWEST, AS_IT_WAS), (WIDE, LARGER)):
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(text)
        yield from (f"{opened} {width} {text[-7:]}: over the edge: {what}" for what in page.evaluate(OVER))
    page.evaluate(AS_IT_WAS)
    page.emulate_media(forced_colors="active", color_scheme="dark")
    # Which colours these are is for the system to say, and axe cannot read them.
    yield from (f"{opened} forced colours: {what}" for what in found_by_axe(page) if "contrast" not in what)
    page.emulate_media(forced_colors="none", color_scheme="light")
