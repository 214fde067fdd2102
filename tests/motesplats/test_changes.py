"""Which tests a changed file stands for, in `script/test --fast`."""

import pytest

from motesplats.embedded.changes import ALWAYS, touched_tests


def touched(*files: str) -> set[str]:
    """The tests of these files, as the folders of rooms and as files elsewhere."""
    return set(touched_tests(files)) - set(ALWAYS)


def rooms(tests: set[str]) -> set[str]:
    return {test.rpartition("/")[0] for test in tests}


@pytest.mark.parametrize(
    "file",
    [
        "bookings/chains/book.py",
        "bookings/chains/a_file_that_was_removed.py",
        "bookings/chains/inner/deep.py",
        "tests/bookings/chains/conftest.py",
    ],
)
def test_a_file_of_a_room_stands_for_the_rooms_tests(file):
    assert rooms(touched(file)) == {"tests/bookings/chains"}
    assert "tests/bookings/chains/test_book.py" in touched(file)


def test_a_template_stands_for_its_room_and_for_the_rules_of_templates():
    assert rooms(touched("templates/bookings/chains/page.html")) == {"tests/bookings/chains", "tests"}
    assert touched("templates/base.html") == {"tests/test_templates.py"}


@pytest.mark.parametrize(
    ("file", "test"),
    [
        ("agencies/clock.py", "tests/agencies/test_clock.py"),
        ("motesplats/extracts/making.py", "tests/motesplats/test_extracts.py"),
        ("motesplats/settings/i18n.py", "tests/motesplats/test_containers.py"),
        ("docker-compose.yml", "tests/motesplats/test_containers.py"),
        ("tests/bookings/chains/test_book.py", "tests/bookings/chains/test_book.py"),
    ],
)
def test_a_file_with_a_test_of_its_name_stands_for_that(file, test):
    assert touched(file) == {test}


def test_a_file_at_an_apps_root_without_a_test_of_its_name_stands_for_all_tests_there():
    assert rooms(touched("agencies/admin_site.py")) == {"tests/agencies"}


@pytest.mark.parametrize("file", ["bookings/models/party.py", "bookings/migrations/0001_initial.py"])
def test_a_model_or_migration_stands_for_its_app_and_the_catalogue(file):
    tests = touched(file)
    assert "tests/catalogue" in rooms(tests)
    assert {"tests/bookings", "tests/bookings/chains", "tests/bookings/parties"} <= rooms(tests)


def test_paper_stands_for_no_test():
    assert touched("README.md", "docs/secrecy.md") == set()


def test_the_rules_of_the_house_are_always_run():
    assert touched_tests([]) == sorted(ALWAYS)
