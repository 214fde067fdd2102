"""How long a text is and how easily it is read. Pure."""

import re
from dataclasses import dataclass

MOST_WORDS = 60  # of a block; people with an old phone read no more at once
LONG_WORD = 6  # letters; a longer one counts as long in LIX
WORD = re.compile(r"[^\W\d_]+(?:['’ʿ-][^\W\d_]+)*")
SENTENCE_END = re.compile(r"[.!?:؟۔።፧]+(?=\s|$)")
# Björnsson's limits for Swedish: up to each value a text is so easy.
EASE = ((25, "very_easy"), (30, "easy"), (40, "ordinary"), (50, "hard"))


@dataclass(frozen=True, slots=True)
class Readability:
    """LIX, the readability index of Björnsson (1968): words a sentence, and long words in a hundred."""

    lix: int
    ease: str  # very_easy, easy, ordinary, hard or very_hard


def words_in(text: str) -> int:
    """How many words the text has."""
    return len(text.split())


def readability(text: str) -> Readability | None:
    """How easily a text in Latin letters is read; None for other scripts and for none at all."""
    words = WORD.findall(text)
    if not words or not text.strip() or not _is_latin(text):
        return None
    sentences = max(1, len(SENTENCE_END.findall(text.strip())))
    long_words = sum(len(word) > LONG_WORD for word in words)
    lix = round(len(words) / sentences + 100 * long_words / len(words))
    return Readability(lix, next((ease for most, ease in EASE if lix <= most), "very_hard"))


def _is_latin(text: str) -> bool:
    return not re.search("[\u0600-\u06ff\u1200-\u137f]", text)
