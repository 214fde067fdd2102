"""Days and digits as telephones and people write them."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from agencies.web.fields import DayField, in_latin_digits


@pytest.mark.parametrize(
    "typed", ["2015-03-28", "٢٠١٥-٠٣-٢٨", "۲۰۱۵-۰۳-۲۸", " 2015‑03–28\u00a0", "\u200e2015-03-28\u200f"]
)
def test_a_day_is_read_with_whichever_digits_dashes_and_blanks(typed):
    assert DayField().clean(typed) == date(2015, 3, 28)


@pytest.mark.parametrize(
    "typed",
    ["٢٠١٥-١٣-٢٨", "2026-02-30", "24/12/2026", "0001-01-01", "1799-12-31", "2200-01-01", "9999-12-31"],
)
def test_what_is_no_day_or_meant_by_nobody_is_refused(typed):
    with pytest.raises(ValidationError):
        DayField().clean(typed)


def test_letters_stay_as_they_are():
    assert in_latin_digits(" k٧qt\u200f ") == "k7qt"
