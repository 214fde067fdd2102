"""Of an answer stays what the person wrote: not our mail below it, nor what a program adds."""

import pytest

from bookings.mails.own_words import LONGEST, own_words, text_of_html

OURS = ("no-reply@example.org", "https://motesplats.example/")

# As the programs write them.
APPLE = """Ja

Skickat från min iPhone

> 27 nov. 2026 kl. 10:22 skrev Motesplats <no-reply@example.org>:
>
> Din dag på Mötesplats
"""
GMAIL = """Ja

Den fre 27 nov. 2026 kl 10:22 skrev Motesplats <
no-reply@example.org>:

> Din dag på Mötesplats
"""
GMAIL_WRAPPED = """Ja

On Fri, 27 November 2026 at 10:22,
Motesplats <no-reply@example.org> wrote:

> Your day at Mötesplats
"""
OUTLOOK = """Ja

________________________________
Från: Motesplats <no-reply@example.org>
Skickat: den 27 november 2026 10:22
Till: layla@example.org
Ämne: Din dag på Mötesplats

Din dag på Mötesplats
https://motesplats.example/d/K7QF
"""
SAMSUNG = """Ja



-------- Originalmeddelande --------
Från: Motesplats <no-reply@example.org>
"""
THUNDERBIRD = """Ja

On 27/11/2026 10:22, Motesplats wrote:
> Your day at Mötesplats
"""
ARABIC = """نعم

في الجمعة، 27 نوفمبر 2026 10:22 ص كتب Motesplats <no-reply@example.org>:

> يومك في Mötesplats
"""
WITH_SIGNATURE = "Ja\n\n-- \nLayla Haddad\n070-174 06 12\n"
BARE = "Ja\nDin dag\nhttps://motesplats.example/d/K7QF\n"


@pytest.mark.parametrize(
    ("mail", "words"),
    [
        (APPLE, "Ja"),
        (GMAIL, "Ja"),
        (GMAIL_WRAPPED, "Ja"),
        (OUTLOOK, "Ja"),
        (SAMSUNG, "Ja"),
        (THUNDERBIRD, "Ja"),
        (ARABIC, "نعم"),
        (WITH_SIGNATURE, "Ja"),
        (BARE, "Ja\nDin dag"),
        ("Kan vi komma 10:30\n> Din dag", "Kan vi komma 10:30"),
        ("Ja\n\nmen inte på fredag", "Ja\n\nmen inte på fredag"),
        ("Min iPhone är trasig", "Min iPhone är trasig"),
        ("> bara det gamla", ""),
        ("", ""),
        ("\r\n\r\nJa\r\n", "Ja"),
    ],
)
def test_only_the_own_words_are_left(mail, words):
    assert own_words(mail, ours=OURS) == words


def test_without_words_of_ours_nothing_more_is_cut():
    assert own_words("Ja\nno-reply@example.org", ours=("",)) == "Ja\nno-reply@example.org"


def test_of_a_book_its_beginning_is_kept():
    assert len(own_words("a " * 1_000_000, ours=OURS)) <= LONGEST


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Ja</p><p>tack</p>", "Ja\ntack"),
        ("<div>Ja</div><blockquote>Din dag <p>på</p></blockquote>", "Ja"),
        (
            "<html><head><title>x</title><style>p {}</style></head><body>Ja &amp; tack</body></html>",
            "Ja & tack",
        ),
        ("<div dir='rtl'>نعم</div>", "نعم"),
        ("Ja<br>tack<script>alert(1)</script>", "Ja\ntack"),
        ("<p>Ja <b>gärna\nnu</b></p>", "Ja gärna nu"),
        (
            "<div>Ja</div>\n<div> <br></div>\n<div>Skickat från min iPhone</div>",
            "Ja\n\nSkickat från min iPhone",
        ),
        ("<p>Ja", "Ja"),
        ("<<<", "<<<"),
        ("\0Ja", "Ja"),
        ("", ""),
    ],
)
def test_of_html_the_words_are_read(html, text):
    assert text_of_html(html) == text
