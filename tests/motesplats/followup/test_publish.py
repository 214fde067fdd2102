"""What is published after one more day is what would be published if all were looked at anew."""

from datetime import date
from decimal import Decimal
from random import Random

import pytest
from django.db.models import F

from agencies.secrecy.context import acting_as
from motesplats.followup.publish import publish
from motesplats.followup.viewer import FIGURES
from motesplats.models import PublishedFigure, SiteFigure
from tests.factories.agencies import the_site

pytestmark = pytest.mark.django_db
SITES = ("norrkoping", "malmo", "goteborg")
PARTS = [("", ""), ("track", "1"), ("track", "2"), ("language", "ar"), ("language", "ti"), ("language", "so")]
TODAY = date(2026, 11, 23)
FIELDS = (
    "site__code",
    "month",
    "measure",
    "dimension",
    "key",
    "amount",
    "over",
    "people",
    "spread",
    "is_hidden",
)


@pytest.fixture
def dice() -> Random:
    return Random(7)


@pytest.fixture(autouse=True)
def figures(dice) -> None:
    """A year of three sites, with many small parts."""
    with acting_as(FIGURES):
        for measure in ("participants", "waiting_minutes", "days_to_last_meeting", "no_show_share"):
            for code in SITES:
                for month in (8, 9, 10, 11):
                    for part in PARTS:
                        tell(measure, code, month, *part, dice.choice((0, 1, 4, 7, 12, 30)))


def tell(measure: str, code: str, month: int, dimension: str, key: str, people: int) -> None:
    numbers = {"amount": people, "over": people + 2, "people": people, "spread": {"3": people, "8": 1}}
    SiteFigure.objects.update_or_create(
        site=the_site(code),
        month=date(2026, month, 1),
        measure=measure,
        dimension=dimension,
        key=key,
        defaults=numbers | {f"told_{name}": number for name, number in numbers.items()},
    )


def published() -> set[tuple]:
    rows = PublishedFigure.objects.values_list(*FIELDS)
    return {tuple(str(value) if isinstance(value, dict) else value for value in row) for row in rows}


def test_what_is_written_bit_by_bit_is_what_is_written_at_once(dice):
    with acting_as(FIGURES):
        publish(year=2026, today=TODAY)
        for _ in range(8):
            code, month = dice.choice(SITES), dice.choice((8, 9, 10, 11))
            own = SiteFigure.objects.filter(site__code=code, month__month=month)
            own.update(told_people=F("told_people") + dice.choice((1, 6)), told_amount=F("told_amount") + 3)
            publish(year=2026, today=TODAY, changed=[(the_site(code).pk, month)])
        bit_by_bit = published()
        PublishedFigure.objects.all().delete()
        publish(year=2026, today=TODAY)
        assert published() == bit_by_bit
    assert any(row[-1] for row in bit_by_bit)
    assert not all(row[-1] for row in bit_by_bit)


@pytest.mark.parametrize(
    ("today", "told"), [(date(2026, 11, 2), False), (date(2026, 11, 3), True), (date(2026, 10, 3), False)]
)
def test_the_parts_of_two_months_appear_together_some_days_after_they_have_ended(today, told):
    with acting_as(FIGURES):
        SiteFigure.objects.filter(month__month=11).delete()
        SiteFigure.objects.filter(month__month__gte=today.month).delete()
        publish(year=2026, today=today)
        parts = PublishedFigure.objects.exclude(dimension="")
        months = set(parts.exclude(month=None).values_list("month", flat=True))
    assert months == ({8, 9, 10} if told else {8})


def test_what_is_due_is_told_whoever_asks():
    with acting_as(FIGURES):
        publish(year=2026, today=TODAY)
        parts = PublishedFigure.objects.filter(month=11).exclude(dimension="").exclude(is_hidden=True)
        assert not parts.exists()
        publish(year=2026, today=date(2027, 1, 3), changed=[])
        assert parts.exists()


def test_sums_of_sites_and_months_are_those_of_their_rows():
    with acting_as(FIGURES):
        SiteFigure.objects.update(told_people=10, told_amount=2, told_over=10, told_spread={"3": 2, "8": 1})
        publish(year=2026, today=TODAY)
        whole = PublishedFigure.objects.get(
            site=None, month=None, measure="days_to_last_meeting", dimension="track", key="1"
        )
        of_site = PublishedFigure.objects.get(
            site=the_site("malmo"), month=None, measure="waiting_minutes", dimension=""
        )
    assert (whole.people, whole.amount, whole.spread) == (90, Decimal(18), {"3": 18, "8": 9})
    assert (of_site.people, of_site.over) == (40, Decimal(40))


def test_a_share_of_few_is_hidden_though_nobody_is_counted_in_it():
    with acting_as(FIGURES):
        SiteFigure.objects.all().delete()
        for code, over in zip(SITES, (4, 40, 40), strict=True):
            SiteFigure.objects.create(
                site=the_site(code),
                month=date(2026, 9, 1),
                measure="no_show_share",
                told_amount=0,
                told_over=over,
                told_people=0,
            )
            SiteFigure.objects.create(
                site=the_site(code),
                month=date(2026, 9, 1),
                measure="participants",
                told_amount=60,
                told_over=0,
                told_people=60,
            )
        publish(year=2026, today=TODAY)
        rows = PublishedFigure.objects.filter(measure="no_show_share", month=9)
        hidden = {code for code, is_hidden in rows.values_list("site__code", "is_hidden") if is_hidden}
    assert "norrkoping" in hidden
    assert None not in hidden


@pytest.mark.parametrize("number", [1, 3])
def test_publishing_takes_as_many_queries_however_many_sites(number, django_assert_num_queries):
    with acting_as(FIGURES):
        SiteFigure.objects.exclude(site__code__in=SITES[:number]).delete()
        SiteFigure.objects.update(told_people=30)
        publish(year=2026, today=TODAY)
        SiteFigure.objects.update(told_amount=F("told_amount") + 1)
        with django_assert_num_queries(9):
            publish(year=2026, today=TODAY, changed=[(the_site(SITES[0]).pk, 9)])
