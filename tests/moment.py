"""The moment at which the tests' clock stands still: a Monday, a fortnight before the open days."""

from datetime import datetime

from agencies.clock import STOCKHOLM

NOW = datetime(2026, 11, 23, 9, tzinfo=STOCKHOLM)
