"""Texts of outcomes and kinds of referrals are written in six languages, and checked by somebody."""

from typing import Any

import pytest
from django.utils import timezone

from agencies.rules.dated import RuleChanged, RulesKeptByOthers
from checklists.models import Outcome, ReferralKind
from checklists.rules.texts import write_texts
from tests.agencies.sites.typed import inputs
from tests.browser import browser_of, words_of
from tests.factories.agencies import CoordinatorFactory, SecretariatFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def by():
    return SecretariatFactory(first_name="Karin", last_name="Öst")


@pytest.fixture
def office(by):
    return browser_of(by)


def outcome() -> Any:
    return Outcome.objects.earliest("pk")


def kind() -> Any:
    return ReferralKind.objects.earliest("pk")


def address(row: Any, name: str = "outcomes") -> str:
    return f"/rules/{name}/{row.pk}/texts/"


def write(row: Any, by: Any, seen: int | None = None, **values: str) -> None:
    write_texts(row=row, values=values, seen=row.version if seen is None else seen, by=by, at=timezone.now())


def test_a_text_is_checked_by_somebody_on_a_day(by, office):
    page = address(outcome())
    assert "Nobody has checked it." in words_of(office.get(page))
    typed = inputs(office, page) | {"name_ti": "ደሓር", "state_ti": "checked"}
    assert office.post(page, typed)["Location"] == "/rules/outcomes/"
    row = outcome()
    assert (row.name_ti, row.state_ti, row.checked_by_ti, row.state_ar) == ("ደሓር", "checked", by, "draft")
    assert row.checked_at_ti is not None
    assert row.checked_by_sv is None
    assert f"Checked by Karin Öst on {timezone.localdate()}." in words_of(office.get(page))


def test_a_checked_text_that_changes_is_a_draft_again(by):
    write(outcome(), by, state_ti="checked")
    assert outcome().checked_by_ti == by
    write(outcome(), by, name_ti="ካልእ", state_ti="checked")
    row = outcome()
    assert (row.name_ti, row.state_ti, row.checked_by_ti, row.checked_at_ti) == ("ካልእ", "draft", None, None)


def test_who_checked_a_text_stays_when_another_language_changes(by):
    write(outcome(), by, state_ti="checked")
    other = SecretariatFactory()
    write(outcome(), other, name_ar="غير", state_ar="draft", state_ti="checked")
    assert outcome().checked_by_ti == by


def test_a_language_that_lacks_a_text_is_never_checked(by):
    write(kind(), by, purpose_so="", state_so="checked")
    assert (kind().purpose_so, kind().state_so) == ("", "draft")
    write(kind(), by, purpose_so="Shaqo", state_so="checked")
    assert (kind().state_so, kind().checked_by_so) == ("checked", by)


def test_every_text_of_a_kind_of_referral_is_written_there(by, office):
    page = address(kind(), "referrals")
    typed = inputs(office, page) | {"precondition_en": "The person has said yes.", "started_by_prs": "اداره"}
    assert office.post(page, typed)["Location"] == "/rules/referrals/"
    assert (kind().precondition_en, kind().started_by_prs) == ("The person has said yes.", "اداره")
    assert kind().state_en == "draft"
    assert "Somali" in words_of(office.get("/rules/referrals/"))


@pytest.mark.parametrize(
    "wrong", [{"name_sv": ""}, {"name_en": "x" * 61}, {"state_ti": "done"}, {"name_ar": "a\u202e"}]
)
def test_what_is_no_text_is_refused_and_leaves_nothing(office, wrong):
    before, page = outcome(), address(outcome())
    assert office.post(page, inputs(office, page) | wrong).status_code == 422
    assert (outcome().version, outcome().name_sv) == (before.version, before.name_sv)


def test_two_who_write_at_once_do_not_overwrite_each_other(by, office):
    page = address(outcome())
    typed = inputs(office, page) | {"name_en": "Mine"}
    write(outcome(), by, name_en="Theirs")
    answer = office.post(page, typed)
    assert answer.status_code == 409
    assert 'value="Mine"' in answer.text
    assert outcome().name_en == "Theirs"
    assert office.post(page, inputs(office, page) | {"name_en": "Mine"}).status_code == 302
    with pytest.raises(RuleChanged):
        write(outcome(), by, seen=0, name_en="Later")


def test_only_the_secretariat_writes_them():
    with pytest.raises(RulesKeptByOthers):
        write(outcome(), CoordinatorFactory(), name_en="x")
    assert browser_of(CoordinatorFactory()).get(address(outcome())).status_code == 403
