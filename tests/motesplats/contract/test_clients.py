"""A Python client generated from the OpenAPI document works at a running server."""

import pytest

from tests.motesplats.contract.clients import generate_python, walk_in_python, write_document
from tests.motesplats.contract.office import open_office
from tests.served import served

PARTIES = 55
# Those who are booked, and who comes today.
OTHERS = 5

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_generated_client_reads_page_two_and_a_consent_books_and_gets_a_typed_refusal(tmp_path):
    office = open_office(parties=PARTIES)
    with served(tmp_path) as address:
        assert generate_python(write_document(address, tmp_path)) == ""
        seen = walk_in_python(address, office, tmp_path)
    assert seen["pages"] == [PARTIES + OTHERS, 50, PARTIES + OTHERS - 50]
    assert seen["consent"] == ["names", 2, None]
    assert seen["booked"][:2] == [office.parties[0], "booked"]
    assert seen["refused"] == ["Problem422", "/problems/proposal-not-valid", "#/proposal"]
