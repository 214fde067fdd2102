"""The templates of the newcomer's pages: translated, small, without script, within the content security policy."""

import gzip
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.template.loader import get_template, render_to_string
from django.templatetags.i18n import BlockTranslateNode, TranslateNode
from django.utils.translation import gettext, override, trim_whitespace
from fontTools.ttLib import TTFont
from pytest_django import Settings

from agencies.clock import STOCKHOLM
from agencies.languages import LANGUAGES
from agencies.models import Agency, Site
from bookings.links.paper_code import WrongCode
from bookings.models import ClosedLink, ExtractWish, OwnContact
from bookings.newcomer.spoken_elsewhere import other_languages
from bookings.newcomer.survey import NO_FACES, NothingAnswered
from bookings.newcomer.today import HeldToday, today_of
from bookings.summons.letter import LetterStop, Page
from tests.bookings.summons.samples import CARD, sample_page

ROOT = Path(__file__).parents[3]
STATIC = ROOT / "motesplats" / "static"
SCRIPTS = {"ar": "arabic", "prs": "arabic", "ti": "tigrinya"}
VOID = {"meta", "link", "input", "br", "wbr"}


class Elements(HTMLParser):
    """Collects a page's elements with their attributes, and checks that they nest."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.stack: list[str] = []
        self.feed(html)
        self.close()
        assert self.stack == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop() == tag

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every element of that name."""
        return [attributes for name, attributes in self.found if name == tag]


@pytest.fixture(autouse=True)
def plain_static_files(settings: Settings) -> None:
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


def full_page(language: str) -> Page:
    """The heaviest day: six stops, every document, a contact card, a second version."""
    return replace(sample_page(language, language, 6), contact=CARD, version=2, changes=("09:15 → 10:15",))


def render(name: str, language: str, **context: object) -> str:
    return render_to_string(
        f"bookings/newcomer/{name}.html",
        {
            "language": LANGUAGES[language],
            "languages": LANGUAGES.values(),
            "csrf_token": "c" * 64,
            "national_phone": "",
        }
        | context,
    )


SITE = Site(name="Norrköping", phone="08-465 004 21", phone_from=time(8), phone_to=time(16))
NOTHING = "Choose a face for one question at least, or leave the page."
OPEN_DAY = {
    "help_site": SITE,
    "map_query": "query=Exempelgatan+1",
    "ticked": {"letter"},
    "today": None,
    "has_code": False,
    "has_answered": False,
    "typed": NO_FACES,
    "is_protected": False,
    "code_is_closed": True,
    "valid_until": datetime(2027, 1, 7, 16, tzinfo=STOCKHOLM),
}


def first_screen(language: str) -> str:
    return render("open", language, other_languages=other_languages())


def day(language: str, page: Page | None = None) -> str:
    return render("day", language, page=page or full_page(language), token="A" * 22, **OPEN_DAY)


def on_the_day(language: str) -> str:
    """Late, with a meeting that is on, one that is over and some to come."""
    page = full_page(language)
    record = [HeldToday("done"), HeldToday("began", desk="4"), HeldToday(room="Vänern")]
    held = {(stop.code, stop.starts_at): each for stop, each in zip(page.stops, record, strict=False)}
    today = today_of(page.stops, held, at=page.stops[2].starts_at + timedelta(minutes=15))
    return render("day", language, page=page, token="A" * 22, **OPEN_DAY | {"today": today})


def at_a_distance(language: str) -> str:
    """On the day, with a meeting by telephone now and one by video next, and the paper code not typed."""
    page = full_page(language)
    forms = iter(("telephone", "video"))
    line = (
        replace(each, form=next(forms, "")) if isinstance(each, LetterStop) else each for each in page.line
    )
    page = replace(page, line=tuple(line))
    record = [HeldToday("began", desk="4"), *(HeldToday(desk="4") for _stop in page.stops[1:])]
    held = {(stop.code, stop.starts_at): each for stop, each in zip(page.stops, record, strict=True)}
    today = today_of(page.stops, held, at=page.stops[1].starts_at + timedelta(minutes=15))
    return render("day", language, page=page, token="A" * 22, **OPEN_DAY | {"today": today})


def moved(language: str) -> str:
    page = replace(full_page(language), was_at=datetime(2026, 12, 7, 9, tzinfo=STOCKHOLM))
    return day(language, page)


def after(language: str) -> str:
    return render("after", language, page=full_page(language), token="A" * 22, **OPEN_DAY)


def with_record(language: str) -> str:
    """After the day, for whoever has typed the paper code."""
    page = full_page(language)
    held = {(stop.code, stop.starts_at): HeldToday("done") for stop in page.stops[:2]}
    today = today_of(page.stops, held, at=page.ends_at)
    return render("after", language, page=page, token="A" * 22, **OPEN_DAY | {"today": today})


def survey(language: str, *, is_sent: bool = False) -> str:
    with override(language):
        refusal = None if is_sent else NothingAnswered(gettext(NOTHING))
    told = {"refusal": refusal, "is_sent": is_sent, "typed": NO_FACES}
    return render("survey", language, token="A" * 22, help_site=SITE, **told)


def extracts(language: str) -> str:
    at = datetime(2026, 12, 9, 9, tzinfo=STOCKHOLM)
    agency = Agency(code="AF", name="Arbetsförmedlingen", name_sv="Arbetsförmedlingen")
    wishes = (None, ExtractWish(asked_at=at), ExtractWish(asked_at=at, settled_at=at))
    offices = [(str(number), agency, wish) for number, wish in enumerate(wishes)]
    return render("extracts", language, token="A" * 22, help_site=SITE, offices=offices)


def key(language: str) -> str:
    with override(language):
        refusal = WrongCode(left=1)
    asked = {"token": "A" * 22, "onward": "consents", "typed": "K7QT", "refusal": refusal, "is_closed": False}
    return render("code", language, **asked)


def cancelled(language: str) -> str:
    at = datetime(2026, 12, 8, 9, tzinfo=STOCKHOLM)
    closed = ClosedLink(
        chain_reference="N4K-7QT", opens_at=at, closes_at=at, is_over=False, site=Site(name="Norrköping")
    )
    return render("closed", language, closed=closed, token="A" * 26)


def unavailable(language: str) -> str:
    with override(language):
        return render_to_string("bookings/newcomer/unavailable.html")


def own_contact(language: str) -> str:
    reached = OwnContact(phone="+46701740615")
    wrong = {"phone": "", "email": "x"}
    return render(
        "own_contact",
        language,
        token="A" * 22,
        help_site=SITE,
        is_protected=False,
        is_kept=True,
        reached=reached,
        typed={"phone": reached.phone, "email": "x"},
        wrong=wrong,
    )


PAGES = {
    "open": first_screen,
    "day": day,
    "on_the_day": on_the_day,
    "at_a_distance": at_a_distance,
    "moved": moved,
    "after": after,
    "with_record": with_record,
    "survey": survey,
    "receipt": lambda language: survey(language, is_sent=True),
    "extracts": extracts,
    "contact": own_contact,
    "phones": lambda language: render("phones", language, sites=[SITE]),
    "accessibility": lambda language: render("accessibility", language),
    "privacy": lambda language: render("privacy", language),
    "key": key,
    "gone": lambda language: render("gone", language),
    "closed": cancelled,
    "error": lambda language: render("error", language, code=500),
    "unavailable": unavailable,
}
# What was typed or ticked on these is sent along when another language is chosen.
WITH_A_FORM = {
    "contact": "contact",
    "key": "asked",
    **dict.fromkeys(("day", "on_the_day", "at_a_distance", "moved"), "bring"),
    **dict.fromkeys(("after", "with_record", "survey"), "survey"),
}
MAP = "https://www.openstreetmap.org/"  # a link, followed by whoever presses it
PRINTED = {"day", "on_the_day", "at_a_distance", "moved"}
IN_EVERY_SCRIPT = {"open", "unavailable"}


def test_a_meeting_at_a_distance_sends_nobody_to_a_desk_or_a_waiting_room():
    content = at_a_distance("en")
    today = content[content.index('class="today"') : content.index('class="key"')]
    for said in ("by telephone: we ring you", "by video: open the link", "The link stands in your letter."):
        assert said in today
    assert "Late by about 15 min" in today
    assert "Desk" not in today
    assert "waiting room" not in today


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_speaks_its_language_and_keeps_quiet_outwards(name: str, language: str) -> None:
    elements = Elements(PAGES[name](language))
    assert elements.all("html") == [{"lang": LANGUAGES[language].html_lang, "dir": LANGUAGES[language].dir}]
    assert {"name": "robots", "content": "noindex, nofollow"} in elements.all("meta")
    assert {"name": "referrer", "content": "no-referrer"} in elements.all("meta")
    assert all(bdi["dir"] in ("ltr", "rtl") for bdi in elements.all("bdi"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_a_page_keeps_the_content_security_policy(name: str, language: str) -> None:
    elements = Elements(PAGES[name](language))
    # Small files of our own; without them the code is typed, and the phone's own menu prints.
    files = [] if name == "unavailable" else ["scanned"] + ["print"] * (name in PRINTED)
    scripts = [{"src": f"/static/newcomer/{file}.js", "defer": None} for file in files]
    assert elements.all("script") == scripts
    assert not elements.all("style")
    for _tag, attributes in elements.found:
        assert not [key for key in attributes if key == "style" or key.startswith("on")]
        for key in ("href", "src", "action"):
            led_to = attributes.get(key) or ""
            assert led_to.startswith(MAP) or not re.match("https?:|//", led_to)
        if (attributes.get("href") or "").startswith("https:"):
            assert "noreferrer" in (attributes["rel"] or "")


def compressed(content: bytes) -> int:
    return len(gzip.compress(content, 6))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_the_first_screen_and_a_page_weigh_under_100_kb_together_compressed_with_their_style_and_fonts(
    name: str, language: str
) -> None:
    texts = [STATIC / "tokens.css", STATIC / "newcomer/newcomer.css", *STATIC.glob("newcomer/*.js")]
    fonts = [*STATIC.glob("fonts/noto-sans-latin-?00-normal.woff2")]
    # The first screen names each language, so it loads every script's file; the day uses them again.
    for script in set(SCRIPTS.values()):
        fonts += STATIC.glob(f"newcomer/{script}-?00.woff2")
    assert len(fonts) == 6
    pages = [first_screen(language).encode(), PAGES[name](language).encode()]
    light = sum(map(compressed, [*pages, *(text.read_bytes() for text in texts)]))
    assert light + sum(font.stat().st_size for font in fonts) < 100_000


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [name for name in PAGES if name not in IN_EVERY_SCRIPT])
def test_every_letter_has_a_glyph(name: str, language: str) -> None:
    files = [*STATIC.glob("fonts/noto-sans-latin-?00-normal.woff2")]
    files += STATIC.glob(f"newcomer/{SCRIPTS.get(language)}-?00.woff2")
    for weight in ("400", "700"):
        drawn = {char for file in files if weight in file.name for char in TTFont(file).getBestCmap()}
        shown = re.sub("(?s)<nav aria-label.*?</nav>", "", PAGES[name](language))
        printed = re.sub("<[^>]*>", "", shown.replace("Łukasz", "").replace("→", ""))
        assert {char for char in printed if char.isprintable() and ord(char) not in drawn} == set()


def test_the_first_screen_offers_six_languages_in_one_form_and_needs_no_script() -> None:
    elements = Elements(first_screen("ti"))
    radios = [field for field in elements.all("input") if field.get("type") == "radio"]
    assert [field["value"] for field in radios] == list(LANGUAGES)
    assert [field["value"] for field in radios if "checked" in field] == ["ti"]
    assert {field["name"] for field in radios} == {"language"}
    assert [form["method"] for form in elements.all("form")] == ["post"]
    assert [field for field in elements.all("input") if field.get("name") == "csrfmiddlewaretoken"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_day_says_when_where_whom_and_what_to_bring(language: str) -> None:
    page = full_page(language)
    html = unescape(day(language, page))
    for stop in page.stops:
        assert stop.name.text in html
        assert stop.about in html
    for document in page.documents:
        assert document.name.text in html
    for words in ("09:00", "09:15", page.place.site, page.place.street, page.reference, page.phone):
        assert words in html
    assert 'href="tel:0846500421"' in html
    assert "bildtelefoni.net" in html
    assert "texttelefoni.se" in html
    assert len(Elements(html).all("li")) == len(page.line) + len(page.changes)


def test_the_calendar_file_is_a_link_and_closing_a_form_in_the_same_language() -> None:
    elements = Elements(day("ar"))
    assert f"/d/{'A' * 22}/calendar.ics" in [link["href"] for link in elements.all("a")]
    assert {"type": "hidden", "name": "language", "value": "ar"} in elements.all("input")
    assert [form["action"] for form in elements.all("form")] == [
        f"/d/{'A' * 22}/bring",
        f"/d/{'A' * 22}/answer",
        f"/d/{'A' * 22}",  # with the code, if it is scanned later
        f"/d/{'A' * 22}/close",
    ]


@pytest.mark.parametrize("name", [name for name in PAGES if name not in IN_EVERY_SCRIPT])
def test_every_page_leads_to_the_other_languages_folded_in(name: str) -> None:
    elements = Elements(PAGES[name]("ti"))
    assert [fold for fold in elements.all("details") if fold.get("class") == "languages"] == [
        {"class": "languages"}
    ]
    if name in WITH_A_FORM:
        buttons = [button for button in elements.all("button") if button.get("name") == "switch"]
        assert [button["value"] for button in buttons] == list(LANGUAGES)
        assert {button["form"] for button in buttons} == {WITH_A_FORM[name]}
    else:
        links = [link["href"] for link in elements.all("a")]
        assert {f"?language={code}" for code in LANGUAGES} <= set(links)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_database_the_phones_language_comes_first_of_six(language: str) -> None:
    html = unavailable(language)
    assert next(part["lang"] for part in Elements(html).all("section")) == LANGUAGES[language].html_lang
    for code in LANGUAGES:
        with override(code):
            assert gettext("Not available just now") in unescape(html)


def test_a_draft_says_so_and_a_checked_text_does_not() -> None:
    assert "Utkast" in day("ti", replace(full_page("ti"), draft=True))
    assert "Utkast" not in day("ti", replace(full_page("ti"), draft=False))


def test_names_are_only_text() -> None:
    page = full_page("sv")
    stop = replace(page.stops[0], who="concerned", names=("<b>Åsa</b>",))
    html = day("sv", replace(page, line=(stop,)))
    assert "<b>Åsa" not in html
    assert "&lt;b&gt;Åsa" in html


SIX_LANGUAGES = (
    "bookings/newcomer/*.html",
    "bookings/summons/*.html",
    "checklists/*/newcomer_*.html",
    "checklists/consent/receipt.html",
)
STAFF_PAGES = {"renew.html", "not_printed.html"}


def messages() -> Iterator[tuple[str, str | tuple[str, str]]]:
    """Every text of the letter's and the newcomer's templates, as gettext looks for it."""
    templates = ROOT / "templates"
    for path in sorted(path for pattern in SIX_LANGUAGES for path in templates.glob(pattern)):
        if path.name in STAFF_PAGES:
            continue
        nodes = get_template(str(path.relative_to(templates))).template.nodelist  # type: ignore[attr-defined]  # Django's own engine
        for node in nodes.get_nodes_by_type(TranslateNode):
            if isinstance(node.filter_expression.var.literal, str):
                yield path.name, node.filter_expression.var.literal
        for node in nodes.get_nodes_by_type(BlockTranslateNode):
            yield path.name, block_message(node)


def block_message(node: BlockTranslateNode) -> str | tuple[str, str]:
    forms = [node.render_token_list(tokens)[0] for tokens in (node.singular, node.plural) if tokens]
    one, *more = [trim_whitespace(form) if node.trimmed else form for form in forms]
    return (one, more[0]) if more else one


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - {"en"}))  # the texts are English
def test_every_text_of_the_letter_and_the_page_is_translated(language: str) -> None:
    with (ROOT / "locale" / language / "LC_MESSAGES" / "newcomers.po").open("rb") as file:
        texts = {message.id: message.string for message in read_po(file)}
    found = list(messages())
    assert len(found) > 50
    missing = [item for item in found if not all(_forms(texts.get(item[1])))]
    assert missing == []


def _forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """The singular and the plurals of a translation; one empty form if there is none."""
    return (text or "",) if text is None or isinstance(text, str) else tuple(text)
