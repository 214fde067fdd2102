"""Every address asked by every role, and every page of the admin; prints the lines of the matrix that are not right."""

from tests.motesplats.test_matrix import *  # noqa: F403  the same tests, with all their cases
