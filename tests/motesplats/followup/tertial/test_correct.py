"""What is wrong in a submitted report is corrected with the reason, and both texts are kept."""

import pytest
from django.db import ProgrammingError, transaction

from motesplats.followup.tertial.correct import TertialStillOpen, correct_tertial
from motesplats.followup.tertial.held import (
    TertialChanged,
    TertialNotReady,
    TertialOfOthers,
    TertialTextRefused,
)
from motesplats.followup.tertial.submit import submit_tertial
from motesplats.models import TertialCorrection
from tests.factories.agencies import CoordinatorFactory, ManagerFactory, SecretariatFactory
from tests.factories.reporting import LAST_SUMMER, TEXTS, write
from tests.moment import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(db):
    return ManagerFactory()


@pytest.fixture
def submitted(acting, norrkoping, manager):
    with acting(manager):
        write(norrkoping, manager)
        return submit_tertial(site=norrkoping, period=LAST_SUMMER, seen=1, by=manager, at=NOW)


def correct(report, by, *, texts=TEXTS, codes=("H1", "M2"), why="Fel månad", seen=2):
    return correct_tertial(report=report, texts=texts, codes=codes, why=why, seen=seen, by=by, at=NOW)


def test_both_texts_are_kept_with_the_reason(acting, submitted, manager):
    with acting(manager):
        correct(submitted, manager, texts=TEXTS | {"staffing": "Ett pass saknades."}, codes=["M2"])
    with acting(SecretariatFactory()):
        found = {one.field: one for one in TertialCorrection.objects.all()}
        assert (found["staffing"].before, found["staffing"].after) == (
            TEXTS["staffing"],
            "Ett pass saknades.",
        )
        assert (found["codes"].before, found["codes"].after, found["codes"].why) == (
            "H1, M2",
            "M2",
            "Fel månad",
        )
        assert found["codes"].by == manager


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"why": ""}, TertialTextRefused),
        ({"why": "rad\nrad", "texts": TEXTS | {"staffing": "Nytt."}}, TertialTextRefused),
        ({}, TertialTextRefused),
        ({"texts": TEXTS | {"staffing": ""}}, TertialNotReady),
        ({"texts": TEXTS | {"staffing": "ord " * 201}}, TertialTextRefused),
        ({"seen": 1, "texts": TEXTS | {"staffing": "Nytt."}}, TertialChanged),
    ],
)
def test_a_refused_correction_leaves_nothing(acting, submitted, manager, changed, refusal):
    with acting(manager):
        with pytest.raises(refusal):
            correct(submitted, manager, **changed)
        assert not TertialCorrection.objects.exists()
        assert submitted.texts.get(question="staffing").text == TEXTS["staffing"]


def test_a_coordinator_corrects_nothing(acting, submitted):
    coordinator = CoordinatorFactory()
    with acting(coordinator), pytest.raises(TertialOfOthers):
        correct(submitted, coordinator, texts=TEXTS | {"staffing": "Nytt."})


def test_an_open_report_is_written_in_and_not_corrected(acting, norrkoping, manager):
    with acting(manager):
        report = write(norrkoping, manager)
        with pytest.raises(TertialStillOpen):
            correct(report, manager, texts=TEXTS | {"staffing": "Nytt."}, seen=1)


def test_a_correction_is_never_changed(acting, submitted, manager):
    with acting(manager):
        correct(submitted, manager, codes=["M2"])
        with pytest.raises(ProgrammingError), transaction.atomic():
            TertialCorrection.objects.update(why="x")
