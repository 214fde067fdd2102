"""Every address: whom its bytes show, and whom the read log has of it."""

from tests.motesplats.test_readings import *  # noqa: F403  the same tests, with all their cases
