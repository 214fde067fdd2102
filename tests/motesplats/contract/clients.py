"""Clients that programs which are not ours generate from the OpenAPI document."""

import json
import os
import shutil
import sys
from dataclasses import asdict
from pathlib import Path
from subprocess import run
from typing import Any

import requests

from tests.motesplats.contract.office import Office

WALK = Path(__file__).with_name("client_walk.py")
JSON = "application/vnd.oai.openapi+json"
# Its generator knows JSON, text and bytes.
CONFIG = "content_type_overrides:\n  application/pdf: application/octet-stream\npost_hooks: []\n"


def write_document(address: str, folder: Path) -> Path:
    """The OpenAPI document as a file."""
    document = folder / "openapi.json"
    document.write_text(requests.get(f"{address}/api/v1/schema/", headers={"Accept": JSON}, timeout=60).text)
    return document


def generate_python(document: Path) -> str:
    """Generate the package `client` beside the document; what the generator complains of."""
    config = document.with_name("config.yml")
    config.write_text(CONFIG)
    command = [
        sys.executable,
        "-m",
        "openapi_python_client",
        "generate",
        "--path",
        str(document),
        "--meta",
        "none",
    ]
    told = ["--output-path", str(document.with_name("client")), "--config", str(config), "--fail-on-warning"]
    ended = run([*command, *told], check=False, capture_output=True, text=True)
    return "" if ended.returncode == 0 else ended.stdout + ended.stderr


def walk_in_python(address: str, office: Office, folder: Path) -> dict[str, Any]:
    """What the generated client saw."""
    shutil.copy(WALK, folder)
    env = os.environ | {"ADDRESS": address, "OFFICE": json.dumps(asdict(office))}
    ended = run([sys.executable, WALK.name], cwd=folder, env=env, check=False, capture_output=True, text=True)
    assert ended.returncode == 0, ended.stderr
    seen: dict[str, Any] = json.loads(ended.stdout)
    return seen
