"""Progress: the number of lines that are done, and the first that is not."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from checklists.steps.progress import ChecklistLine, progress_of

DONE = date(2026, 12, 8)
lines = st.lists(st.booleans()).map(
    lambda marks: [
        ChecklistLine(f"{n}", "AF", "", done_on=DONE if done else None) for n, done in enumerate(marks)
    ]
)


@given(lines)
def test_done_counts_the_lines_with_a_day_and_next_is_the_first_without(found):
    progress = progress_of(found)
    left = [line for line in found if not line.done_on]
    assert progress.done + len(left) == progress.total == len(found)
    assert progress.next == (left[0] if left else None)


@given(lines)
def test_doing_the_next_step_adds_one_and_moves_next_forward(found):
    before = progress_of(found)
    if before.next is None:
        return
    place = found.index(before.next)
    after = progress_of(
        [*found[:place], ChecklistLine(before.next.key, "AF", "", done_on=DONE), *found[place + 1 :]]
    )
    assert after.done == before.done + 1
    assert after.next is None or found.index(after.next) > place
