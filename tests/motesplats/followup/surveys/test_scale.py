"""A mean is turned where the low end is the good one."""

from decimal import Decimal

from motesplats.followup.surveys.scale import not_answered, turned


def test_the_low_end_becomes_the_high_one():
    assert turned(Decimal("3.9"), is_high_good=False) == Decimal("4.1")
    assert turned(Decimal(1), is_high_good=False) == 7
    assert turned(Decimal("3.9"), is_high_good=True) == Decimal("3.9")


def test_who_did_not_answer_is_counted_unless_more_did_than_were_asked():
    assert not_answered(14, 9) == 5
    assert not_answered(14, 14) == 0
    assert not_answered(14, 15) is None
