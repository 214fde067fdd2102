"""How far a checklist has come: counted, and the first that is left."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from checklists.steps.progress import Line, progress_of

DONE = date(2026, 12, 8)
lines = st.lists(st.booleans()).map(
    lambda marks: [Line(f"{n}", "AF", "", done_on=DONE if done else None) for n, done in enumerate(marks)]
)


@given(lines)
def test_what_is_done_and_what_is_left_make_the_whole(found):
    progress = progress_of(found)
    left = [line for line in found if not line.done_on]
    assert progress.done + len(left) == progress.total == len(found)
    assert progress.next == (left[0] if left else None)


@given(lines)
def test_a_step_more_done_is_one_more_and_never_puts_next_back(found):
    before = progress_of(found)
    if before.next is None:
        return
    place = found.index(before.next)
    after = progress_of([*found[:place], Line(before.next.key, "AF", "", done_on=DONE), *found[place + 1 :]])
    assert after.done == before.done + 1
    assert after.next is None or found.index(after.next) > place
