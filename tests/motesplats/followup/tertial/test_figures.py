"""Figures of a tertial: the site's own are summed over its months; the country's are as published."""

from datetime import date
from decimal import Decimal

import pytest

from motesplats.followup.measures import MEASURES
from motesplats.followup.tertial.figures import figures_of, shown
from tests.factories.agencies import ManagerFactory, SecretariatFactory, the_site
from tests.factories.reporting import LAST_SUMMER, own_figure, published_figure

pytestmark = pytest.mark.django_db
MAY, JUNE, APRIL, SEPTEMBER = (date(2026, month, 1) for month in (5, 6, 4, 9))


def test_the_own_figures_are_summed_whole(acting, norrkoping):
    for month, amount, over in ((APRIL, 1, 4), (MAY, 2, 20), (JUNE, 1, 10), (SEPTEMBER, 9, 9)):
        own_figure(norrkoping, month, "no_show_share", amount, over=over, people=amount)
        own_figure(norrkoping, month, "participants", over)
    with acting(ManagerFactory()):
        found = figures_of(norrkoping, LAST_SUMMER, published=False)
    assert (found["participants"].shown, found["no_show_share"].shown) == ("30", "10 %")
    assert found["no_show_share"].before_shown == "25 %"
    assert found["referrals"].value is None


def test_beside_it_stands_the_middle_one_of_three_sites_at_least(acting, norrkoping):
    own_figure(norrkoping, MAY, "participants", 30)
    for code, amount in (("norrkoping", 30), ("malmo", 50)):
        published_figure(the_site(code), MAY, "participants", amount)
    with acting(ManagerFactory()):
        assert figures_of(norrkoping, LAST_SUMMER, published=False)["participants"].country is None
    published_figure(the_site("orebro"), MAY, "participants", 10)
    with acting(ManagerFactory()):
        assert figures_of(norrkoping, LAST_SUMMER, published=False)["participants"].country == 30


def test_the_secretariat_reads_them_as_published(acting, norrkoping):
    own_figure(norrkoping, MAY, "referrals", 3, people=3)
    own_figure(norrkoping, MAY, "participants", 30)
    published_figure(norrkoping, MAY, "referrals", None)
    published_figure(norrkoping, JUNE, "referrals", 20)
    published_figure(norrkoping, MAY, "participants", 29)
    with acting(SecretariatFactory()):
        found = figures_of(norrkoping, LAST_SUMMER, published=True)
    assert (found["referrals"].is_hidden, found["referrals"].value) == (True, None)
    assert (found["participants"].is_hidden, found["participants"].shown) == (False, "29")


def test_a_number_is_shown_as_it_is_read():
    assert shown(MEASURES["participants"], Decimal(1234)).replace("\xa0", " ") == "1 234"
    assert shown(MEASURES["interpreting"], Decimal("3.26")) == "3,3"
    assert shown(MEASURES["no_show_share"], Decimal("0.083")) == "8 %"
    assert shown(MEASURES["participants"], None) == ""
