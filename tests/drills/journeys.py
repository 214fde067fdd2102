"""Every journey on each of its screens, one after the other in a run of pytest of its own: half an hour."""

import subprocess
import sys

from tests.journeys.screens import HERE


def test_every_journey_is_walked_on_each_of_its_screens():
    command = [sys.executable, "-m", "pytest", str(HERE), "--every-screen", "--durations=10"]
    assert subprocess.run(command, check=False).returncode == 0
