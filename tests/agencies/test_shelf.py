"""What a process keeps of places, agencies and texts: for as long as the stamp says that nothing has changed."""

from functools import partial

import pytest
from django.db import connection, transaction

from agencies.models import Location, ReferenceStamp, Site, TextAudio, TextBlock
from agencies.shelf import MOST, TABLES, Shelf, shelf_at, shelf_of, stamp
from tests.together import Together

CHANGES = {
    "agencies_agency": "UPDATE agencies_agency SET phone = phone",
    "agencies_document": "UPDATE agencies_document SET pictogram = pictogram",
    "agencies_location": "UPDATE agencies_location SET street = street",
    "agencies_municipality": "UPDATE agencies_municipality SET phone = phone",
    "agencies_service": "UPDATE agencies_service SET minutes = minutes",
    "agencies_servicedocument": "DELETE FROM agencies_servicedocument",
    "agencies_site": "UPDATE agencies_site SET phone = phone",
    "agencies_textaudio": "DELETE FROM agencies_textaudio",
    "agencies_textblock": "DELETE FROM agencies_textblock",
    "agencies_threshold": "DELETE FROM agencies_threshold",
}


def stamp_now() -> str:
    """As whoever looks at a day reads it, with another row."""
    return Site.objects.annotate(stamp=stamp()).values_list("stamp", flat=True)[0]


def stamped_site() -> Site:
    return Site.objects.annotate(stamp=stamp()).get(code="norrkoping")


def touch(*sites: str) -> None:
    for code in sites:
        site = Site.objects.get(code=code)
        site.save()


@pytest.mark.django_db
@pytest.mark.parametrize("table", TABLES)
def test_a_change_of_every_table_that_is_kept_changes_the_stamp(table):
    before = stamp_now()
    assert stamp_now() == before
    with connection.cursor() as cursor:
        cursor.execute(CHANGES[table])
    assert stamp_now() != before


@pytest.mark.django_db
def test_what_is_undone_has_a_stamp_that_comes_never_again():
    before, seen = stamp_now(), []
    for _each in range(2):
        with transaction.atomic():
            touch("norrkoping")
            seen.append(stamp_now())
            transaction.set_rollback(True)
    assert stamp_now() == before
    assert len({before, *seen}) == 3


@pytest.mark.django_db(transaction=True)
def test_a_change_is_seen_by_others_when_it_is_committed_and_not_before():
    before = stamp_now()
    with Together(1) as other:
        with transaction.atomic():
            touch("norrkoping")
            assert stamp_now() != before
            assert other.do(stamp_now) == [before]
        assert other.do(stamp_now) == [stamp_now()]
    assert stamp_now() != before


@pytest.mark.django_db(transaction=True)
def test_two_who_change_data_at_once_do_not_wait_for_each_other_and_neither_order_hides_a_change():
    seen = [stamp_now()]
    with Together(1) as other:
        with transaction.atomic():
            touch("norrkoping")
            seen.append(stamp_now())
            other.do(lambda: touch("orebro"))  # ends first, though it began last
            seen += other.do(stamp_now)
            both = stamp_now()  # sees the other's change, and its own
        assert other.do(stamp_now) == [both]
    assert len({*seen, both}) == 4


@pytest.mark.django_db(transaction=True)
def test_ten_who_change_data_at_the_same_moment_all_change_the_stamp():
    before = stamp_now()
    sites = list(Site.objects.order_by("pk").values_list("code", flat=True)[:10])
    with Together(10) as hands:
        hands.do(*(partial(touch, code) for code in sites))
    assert stamp_now() != before


@pytest.mark.django_db(transaction=True)
def test_of_the_transactions_that_have_changed_data_only_some_stay_written_down():
    seen = set()
    for _each in range(40):
        touch("norrkoping")
        seen.add(stamp_now())
    assert len(seen) == 40
    assert ReferenceStamp.objects.count() <= 21


@pytest.mark.django_db
def test_many_changes_of_a_transaction_take_one_row():
    TextBlock.objects.update(state="draft")
    before = ReferenceStamp.objects.count()
    for place in Location.objects.all():
        place.save()
    TextAudio.objects.all().delete()
    assert ReferenceStamp.objects.count() == before


@pytest.mark.django_db
def test_rows_read_with_the_same_stamp_share_a_shelf_and_a_new_stamp_has_an_empty_one():
    shelf_of(stamped_site()).get("name", lambda: "kept")
    assert shelf_of(stamped_site()).get("name", lambda: "read") == "kept"
    touch("norrkoping")
    assert shelf_of(stamped_site()).get("name", lambda: "read") == "read"


@pytest.mark.django_db
def test_without_a_stamp_nothing_is_kept():
    row = Site.objects.get(code="norrkoping")
    assert shelf_of(row) is not shelf_of(row)
    ReferenceStamp.objects.all().delete()
    row = stamped_site()
    assert shelf_of(row) is not shelf_of(row)


def test_only_what_is_missing_is_read_and_what_is_not_there_is_asked_for_again():
    asked, shelf = [], Shelf()

    def read(keys):
        asked.append(sorted(keys))
        return {key: key * 10 for key in keys if key < 5}

    assert shelf.by_key("tens", {1, 2}, read) == {1: 10, 2: 20}
    assert shelf.by_key("tens", {2, 3, 9}, read) == {2: 20, 3: 30}
    assert shelf.by_key("tens", {1, 2, 3}, read) == {1: 10, 2: 20, 3: 30}
    assert shelf.by_key("others", {1}, read) == {1: 10}
    assert asked == [[1, 2], [3, 9], [1]]


def test_a_full_shelf_begins_anew_and_still_answers():
    shelf = Shelf()
    for number in range(MOST + 5):
        assert shelf.get(number, lambda: "first") == "first"
    assert shelf.get(0, lambda: "again") == "again"
    assert shelf.get(MOST + 4, lambda: "again") == "first"


def test_what_is_nothing_is_kept_too():
    shelf = shelf_at("a stamp of this test")
    assert shelf.get("nothing", lambda: None) is None
    assert shelf.get("nothing", lambda: "read again") is None
