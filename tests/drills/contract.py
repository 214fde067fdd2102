"""Schemathesis at a running server, with all checks and a caseworker's token; prints operations, cases, failures."""

import pytest

from tests.motesplats.contract.fuzzing import fuzz
from tests.motesplats.contract.office import open_office
from tests.served import served

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_server_keeps_to_its_document(tmp_path):
    office = open_office(parties=60)
    with served(tmp_path) as address:
        outcome = fuzz(
            address, office, folder=tmp_path, asked=["--max-examples", "30", "--continue-on-failure"]
        )
    print(f"\n{outcome.said}")
    assert outcome.code == 0
