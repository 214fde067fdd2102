"""Two generated clients at a running server, Python and TypeScript; prints what they saw."""

import json
import os
import shutil
from dataclasses import asdict
from pathlib import Path
from subprocess import run

import pytest

from tests.motesplats.contract.clients import generate_python, walk_in_python, write_document
from tests.motesplats.contract.office import open_office
from tests.served import served

PROGRAMS = ["openapi-typescript@7.13.0", "openapi-fetch@0.17.0", "typescript@5.9.3"]
WALK = Path(__file__).with_name("client_walk.ts")
STRICT = ["--strict", "--target", "es2022", "--module", "nodenext"]

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_python_client_works(tmp_path):
    pytest.importorskip("openapi_python_client")
    office = open_office(parties=55)
    with served(tmp_path) as address:
        assert generate_python(write_document(address, tmp_path)) == ""
        print(f"\nPython: {walk_in_python(address, office, tmp_path)}")


def test_a_typescript_client_is_sound_and_works(tmp_path):
    """The type checker reads the walk with the generated types, then node runs it."""
    if not shutil.which("npm"):
        pytest.skip("no node: https://nodejs.org")
    npm = ["npm", "install", "--no-save", "--no-package-lock", "--silent", *PROGRAMS]
    run(npm, cwd=tmp_path, check=True)
    (tmp_path / "package.json").write_text('{"type": "module"}')
    shutil.copy(WALK, tmp_path / "walk.ts")
    office = open_office(parties=55)
    with served(tmp_path) as address:
        document = write_document(address, tmp_path)
        generate = [
            "npx",
            "openapi-typescript",
            document.name,
            "--output",
            "schema.d.ts",
            "--default-non-nullable=false",
        ]
        run(generate, cwd=tmp_path, check=True, capture_output=True)
        compiled = run(
            ["npx", "tsc", *STRICT, "walk.ts"], cwd=tmp_path, check=False, capture_output=True, text=True
        )
        assert compiled.returncode == 0, compiled.stdout
        env = os.environ | {"ADDRESS": address, "OFFICE": json.dumps(asdict(office))}
        walked = run(["node", "walk.js"], cwd=tmp_path, env=env, check=False, capture_output=True, text=True)
    assert walked.returncode == 0, walked.stderr
    seen = json.loads(walked.stdout)
    print(f"\nTypeScript: {seen}")
    assert seen["pages"] == [60, 50, 10]
    assert seen["booked"] == [office.parties[0], "booked"]
    assert seen["refused"] == [422, "/problems/proposal-not-valid"]
