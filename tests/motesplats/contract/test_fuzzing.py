"""A sample of `script/drill contract`: a few requests to every operation, always the same."""

import pytest

from tests.motesplats.contract.fuzzing import fuzz
from tests.motesplats.contract.office import open_office
from tests.served import served

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_running_server_keeps_to_its_document(tmp_path):
    office = open_office(parties=5)
    few = ["--phases", "fuzzing", "--max-examples", "1", "--no-shrink"]
    with served(tmp_path) as address:
        outcome = fuzz(address, office, folder=tmp_path, asked=few)
    assert outcome.code == 0, outcome.said
    assert outcome.figures["operations"]["tested"] == outcome.figures["operations"]["total"] > 20
