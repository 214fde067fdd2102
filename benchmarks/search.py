"""SEARCH: the list of parties by what somebody types, over 25,000 persons of one agency at one site."""

import random
from collections.abc import Iterable, Iterator
from datetime import date
from time import perf_counter

from django.db.models import CharField, F, Value
from django.db.models.functions import Concat
from django.utils import timezone

from agencies.models import User
from agencies.read_log.notes import taking_notes
from agencies.secrecy.context import acting_as, viewer_of
from benchmarks.figures import figure, headline, milliseconds, percentile, stopwatch
from benchmarks.sites import BenchSite, add_parties, analyse, make_site, new_chains
from bookings.models import Newcomer, Party, SearchWord
from bookings.parties.queries import listed_keys, parties_of_page

PERSONS = 25_000
FAMILY = [date(1988, 3, 14), date(1990, 11, 2), date(2016, 5, 21), date(2021, 8, 9)]
PAGE = 25
TIMES = 40
PROMISE = 0.05  # seconds
COMMON, RARE = "Hassan", "Xasanovič"
SYLLABLES = (
    "ab",
    "di",
    "rah",
    "man",
    "ha",
    "lim",
    "fa",
    "ti",
    "ma",
    "yus",
    "uf",
    "zah",
    "ra",
    "sel",
    "am",
    "wit",
)
FAMILY_NAMES = (COMMON, "Ali", "Ahmed", "Al Hariri", "Mohamed")  # each as common as one name in twelve


def measure() -> None:
    headline("SEARCH: the parties that somebody types a part of, counted and the first page")
    with stopwatch("preparation"):
        bench = make_site("vasteras", desks={"MIG": 1}, days=60)
        by = bench.desks["MIG"][0]
        with taking_notes(), acting_as(viewer_of(by)):
            _fill(bench, by)
        analyse()
    with taking_notes(), acting_as(viewer_of(by)):
        figure("persons, parties, words", f"{Newcomer.objects.count()}, {Party.objects.count()}, "
               f"{SearchWord.objects.count()}")  # fmt: skip
        for name, search in _searches().items():
            _time(name, search)


def _time(name: str, search: str) -> None:
    seconds = []
    for _ in range(TIMES):
        start = perf_counter()
        keys = listed_keys(search=search, at=timezone.now())
        count = len(keys)
        list(parties_of_page(keys[:PAGE]))
        seconds.append(perf_counter() - start)
    slowest = percentile(seconds, 0.95)
    figure(f"{name}: parties found", str(count))
    figure("  p95", milliseconds(slowest), promise=f"≤ {milliseconds(PROMISE)}", kept=slowest <= PROMISE)


def _searches() -> dict[str, str]:
    party = Party.objects.order_by("pk")[PERSONS // len(FAMILY) // 2]
    person = party.members.all()[0]
    return {
        "reference": party.reference.replace("-", "").lower(),
        "given name": person.given_name,
        "common family name": COMMON,
        "rare family name": RARE,
        "two words": f"{person.given_name} {person.family_name}",
        "one letter": "a",
        "telephone": party.phone.replace("+46", "0"),
        "birth date": "881103",
        "nobody": "Quillon",
    }


def _fill(bench: BenchSite, by: User) -> None:
    dice = random.Random(25)  # noqa: S311  the same names in every run
    parties = add_parties(bench, by, number=PERSONS // len(FAMILY), births=())
    Party.objects.update(phone=Concat(Value("+4670"), F("pk") + 1_000_000, output_field=CharField()))
    people = list(_people(parties, dice))
    people[0].family_name, people[0].birth_date = RARE, date(1988, 11, 3)
    Newcomer.objects.bulk_create(people, batch_size=2000)
    new_chains(by, ((party, bench.days[n % len(bench.days)]) for n, party in enumerate(parties)))


def _people(parties: Iterable[Party], dice: random.Random) -> Iterator[Newcomer]:
    for party in parties:
        family_name = dice.choice(FAMILY_NAMES) if dice.random() < len(FAMILY_NAMES) / 12 else _made_up(dice)
        for birth in FAMILY:
            yield Newcomer(party=party, given_name=_made_up(dice), family_name=family_name, birth_date=birth)


def _made_up(dice: random.Random) -> str:
    return "".join(dice.choices(SYLLABLES, k=dice.randint(2, 3))).capitalize()
