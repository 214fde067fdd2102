"""What a text message is understood as; whatever is not plain goes to a person."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bookings.replies.understand import ANOTHER_TIME, HELP, STOP, YES, understood


@pytest.mark.parametrize(
    "text",
    [
        *(
            "JA",
            "ja",
            " Ja! ",
            "Ja tack",
            "ja, vi kommer",
            "JA.",
            "Jag kommer",
            "vi kommer",
            "Okej",
            "j\u200ba\u200b",
        ),
        *("YES", "Yes please", "I'm coming", "y", "OK 👍", "👍", "ＹＥＳ"),
        *("نعم", "نَعَم", "نعم، شكراً", "نعم سنحضر", "تمام", "أي", "أي نعم"),
        *("بله", "بلی", "بله تشکر", "آری", "بله."),
        *("haa", "Waan imanayaa", "Haa, waan imanayaa", "HAA!"),
        *("እወ", "እወ።", "እወ ክመጽእ እየ", "ሕራይ"),
        *("1", "١", "۱"),
    ],
)
def test_yes_is_understood(text):
    assert understood(text) == YES


@pytest.mark.parametrize(
    "text",
    [
        *(
            "annan tid",
            "Annan tid tack",
            "Kan vi få en ny tid?",
            "Boka om",
            "Nej",
            "nej vi kan inte",
            "ny dag tack",
            "Jag vill ha annan tid",
            "Jag behöver boka om",
        ),
        *("Another time please", "Can you change the time?", "No", "I need another time", "reschedule"),
        *("موعد آخر", "أريد وقتاً آخر", "لا", "لا أستطيع", "هل يمكن تغيير الموعد؟"),
        *("وقت دیگر", "یک روز دیگر", "نه", "نخیر"),
        *("waqti kale", "Fadlan maalin kale", "Waan rabaa waqti kale", "maya"),
        *("ካልእ ግዜ", "ካልእ መዓልቲ ይሓይሽ", "ኣይኮነን"),
    ],
)
def test_a_wish_for_another_time_is_understood(text):
    assert understood(text) == ANOTHER_TIME


@pytest.mark.parametrize("text", ["STOP", "stop.", "Stopp", "توقف", "jooji", "ኣቁም", "Stop now"])
def test_stop_is_understood(text):
    assert understood(text) == STOP


@pytest.mark.parametrize(
    "text",
    [
        *("", "?", "Vem är det?", "Ja men vi kan inte komma", "yes but another time", "Ja?", "12:30?", "10"),
        *(
            "ja och jag undrar om min mamma också kan följa med oss",
            "the bus does not stop here",
            "نعم لكن",
            "❤️",
        ),
        *(
            "Jag är sjuk",
            "jag vill prata med er",
            "Jag",
            "Ja men jag är sjuk",
            "kommer inte",
            "jag kan inte komma",
        ),
        *(
            "ja när ska jag komma",
            "ok var är det",
            "Yes I am sick",
            "I am late",
            "waan bukaa",
            "أي يوم",
            "نعم متى",
        ),
        *("stop sending my mother letters to the old address please", "Ja nej", "haa laakiin"),
    ],
)
def test_whatever_is_not_plain_goes_to_a_person(text):
    assert understood(text) == HELP


@given(st.text())
def test_every_text_is_understood_as_something(text):
    assert understood(text) in {YES, ANOTHER_TIME, HELP, STOP}


@given(st.text(alphabet=" .!?,\n\t\u200f\u200e\u202b", max_size=5))
def test_signs_around_it_change_nothing_but_a_question_mark(around):
    assert understood(f"{around}ja{around}") == (HELP if "?" in around else YES)
