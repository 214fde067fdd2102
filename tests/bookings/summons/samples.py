"""Letters to print in tests: invented people, the house's own texts."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from agencies.clock import STOCKHOLM
from agencies.languages import LANGUAGES
from bookings.summons.letter import (
    ContactCard,
    Letter,
    LetterDocument,
    LetterStop,
    Page,
    Pause,
    Place,
    Sender,
    Wording,
)

DATA = Path(__file__).parents[3] / "agencies" / "data"
AGENCIES, SERVICES, DOCUMENTS, BLOCKS = (
    json.loads((DATA / f"{name}.json").read_text("utf-8"))
    for name in ("agencies", "services", "documents", "blocks")
)
# The longest reason in each language.
WHY = {
    language: max((b["text"].get(language, "") for b in BLOCKS if b["slot"] == "why"), key=len)
    for language in LANGUAGES
}
ORDER = ("MIG", "SKV", "FK", "AF", "KOM", "PM")
LINK = "https://motesplats.example/d/0G5TR8XK2MZNV4W9C7PJS6AQ3E#K7QT4MNP"
CODE = "K7QT 4MNP"
TYPED = "motesplats.example/b/W9XC63HD"
CARD = ContactCard(
    name="Söderköpings kommun",
    phone="08-465 004 21",
    email="kontakt@soderkoping.example",
    address="Storgatan 1, 614 80 Söderköping",
    web="soderkoping.example",
)
PLACES = {
    "sv": ("Servicekontoret", "Buss 2 till hållplats Exempeltorget"),
    "en": ("Service office", "Bus 2 to Exempeltorget"),
    "ar": ("مكتب الخدمة", "الحافلة 2 إلى موقف Exempeltorget"),
    "prs": ("دفتر خدماتی", "بس 2 تا ایستگاه Exempeltorget"),
    "so": ("Xafiiska adeegga", "Baska 2 ilaa Exempeltorget"),
    "ti": ("ቤት ጽሕፈት ኣገልግሎት", "ኣውቶቡስ 2 ናብ Exempeltorget"),
}
SPOKEN = {"ar": "arabiska", "prs": "dari", "so": "somaliska", "ti": "tigrinja"}


def sample_letter(language: str, *, stops: int = 5, **changes: Any) -> Letter:
    """A family's letter in the language and in Swedish; `changes` go into every page."""
    tongues = [language] if language == "sv" else [language, "sv"]
    return Letter(tuple(replace(sample_page(tongue, language, stops), **changes) for tongue in tongues))


def sample_page(language: str, party_language: str, stops: int) -> Page:
    """One language of it."""
    line = _line(language, stops)
    return Page(
        language=language,
        draft=party_language not in ("sv", "en"),
        recipient="Rania Haddad",
        address=("c/o Åsa Łukasz", "Exempelvägen 12 lgh 1101", "602 24 NORRKÖPING"),
        adults=2,
        children=2,
        reference="N4K-7QT",
        version=1,
        changes=(),
        sender="Mötesplats Norrköping",
        why=WHY[language],
        sent_by=Sender(Wording(AGENCIES["MIG"]["name"][language], "Migrationsverket"), phone="0771-23 52 35"),
        place=Place(
            "Mötesplats Norrköping",
            PLACES[language][0],
            "Exempelgatan 1",
            PLACES[language][1],
            town="602 24 Norrköping",
        ),
        arrive_at=line[0].starts_at - timedelta(minutes=15),
        ends_at=line[-1].ends_at,
        line=line,
        documents=tuple(
            LetterDocument(Wording(text["name"][language], text["name"]["sv"]), text["pictogram"])
            for text in list(DOCUMENTS.values())[: 4 + stops]
        ),
        interpreter=_interpreter(language, party_language),
        interpreter_remote=False,
        phone="08-465 004 21",
        link=LINK,
        code=CODE,
        typed_address=TYPED,
        own_phone="070-174 06 58",
    )


def _interpreter(language: str, party_language: str) -> str | None:
    if party_language in ("sv", "en"):
        return None
    return LANGUAGES[language].endonym if language == party_language else SPOKEN[party_language]


def _line(language: str, stops: int) -> tuple[LetterStop | Pause, ...]:
    """Every stop 40 minutes and 10 minutes' walk, lunch after the third."""
    line: list[LetterStop | Pause] = []
    now = datetime(2026, 12, 8, 9, 15, tzinfo=STOCKHOLM)
    for code in ORDER[:stops]:
        if len(line) == 3:
            line.append(Pause(now - timedelta(minutes=10), now + timedelta(minutes=45), lunch=True))
            now += timedelta(minutes=45)
        line.append(_stop(language, code, now))
        now += timedelta(minutes=50)
    return tuple(line)


def _stop(language: str, code: str, starts_at: datetime) -> LetterStop:
    service, name = SERVICES[code], AGENCIES[code]["name"]
    swedish = "Norrköpings kommun" if code == "KOM" else name["sv"]
    return LetterStop(
        code=code,
        name=Wording(swedish if language == "sv" else name[language], swedish),
        about=service["about"][language],
        sheet=service["sheet"][language],
        after=service["after"][language],
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=40),
        who=service["who"],
        names=("Yusuf", "Mariam") if service["who"] == "concerned" else (),
    )
