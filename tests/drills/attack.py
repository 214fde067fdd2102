"""Everything that can be asked of the figures, day after day, subtracted from one another."""

from tests.motesplats.followup.conftest import _clock, reported
from tests.motesplats.followup.figures.test_attack import *  # noqa: F403  the same test, with all its questions

__all__ = ["_clock", "reported"]
