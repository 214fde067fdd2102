"""Every address in the world with another agency's party and in the one without; every byte the same."""

from tests.motesplats.test_two_worlds import *  # noqa: F403  the same tests, with all their cases
