"""Every page of a protected identity, as each reader opens it; the mask broken in each place in turn."""

from tests.motesplats.test_masks import *  # noqa: F403  the same tests, with all their cases
