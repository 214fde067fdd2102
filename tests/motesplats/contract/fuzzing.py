"""Schemathesis asks a running server whatever the OpenAPI document allows, and much that it does not."""

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from subprocess import run
from typing import Any

from tests.motesplats.contract.office import Office

OFTEN = 0.7
TEMPLATE = """
[parameters]
"path.reference" = {{ dictionary = "references", probability = {often} }}
"path.key" = {{ dictionary = "steps", probability = {often} }}
"body.party" = {{ dictionary = "parties", probability = {often} }}
"body.proposal" = {{ dictionary = "proposals", probability = {often} }}

# That a reason is no reason, a proposal has ended or a day lies ahead, no document can say.
[[operations]]
include-method = ["POST", "PATCH"]
checks.positive_data_acceptance.expected-statuses = ["2xx", 403, 404, 409, 412, 422]

# Nor which sites there are.
[[operations]]
include-path = "/api/v1/parties/"
checks.positive_data_acceptance.expected-statuses = ["2xx", 403, 404, 409, 412, 422]

[dictionaries]
{dictionaries}
"""


@dataclass(frozen=True)
class Outcome:
    """What came of it; `said` is the program's own report."""

    code: int
    said: str
    figures: dict[str, Any]


def fuzz(address: str, office: Office, *, folder: Path, asked: list[str]) -> Outcome:
    """Run Schemathesis with all checks and these further arguments."""
    named = {
        "references": [*office.chains, *office.parties],
        "parties": office.parties,
        "proposals": office.proposals,
        "steps": ["personnummer", "bank"],
    }
    lines = "\n".join(f"{name} = {{ values = {json.dumps(values)} }}" for name, values in named.items())
    config, report = folder / "schemathesis.toml", folder / "report.json"
    config.write_text(TEMPLATE.format(often=OFTEN, dictionaries=lines))
    command = [
        *(sys.executable, "-m", "schemathesis.cli", "--config-file", str(config), "--no-color"),
        *(
            "run",
            f"{address}/api/v1/schema/",
            "--url",
            address,
            "-H",
            f"Authorization: Bearer {office.token}",
        ),
        *("--checks", "all", "--seed", "8", "--generation-database", "none", "--warnings", "off"),
        # A letter takes seconds of the processor, which others may want at the same time; speed is for benchmarks.
        *("--request-timeout", "60", "--max-response-time", "60"),
        *("--report", "json", "--report-json-path", str(report), *asked),
    ]
    ended = run(command, check=False, capture_output=True, text=True, cwd=folder, env=os.environ)
    figures = json.loads(report.read_text()) if report.exists() else {}
    return Outcome(ended.returncode, ended.stdout + ended.stderr, figures)
