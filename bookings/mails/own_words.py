"""What somebody has written in an answer, without the mail that is answered and what a program adds. Pure."""

import re
from collections.abc import Collection, Iterator
from html.parser import HTMLParser

LONGEST = 2_000  # characters that are kept
MOST_READ = 100_000
# What programs put above the mail that is answered: > before each line, or one line of strokes.
QUOTES = re.compile(r"\s*>|\s*_{5,}\s*$|\s*-{2,}.*-{2,}\s*$")
SIGNATURE = re.compile(r"--\s?$")
# "On 27 November 2026 at 10:22," above the line with our address, or with a colon above the first >, is a program's.
DATED = re.compile(r"\b\d{4}\b|\b\d{1,2}[:.]\d{2}\b")
# "Sent from my iPhone", in whichever language.
DEVICE = re.compile(
    r"\b(iphone|ipad|android|samsung|galaxy|huawei|xiaomi|outlook|yahoo|gmail)\b", re.IGNORECASE
)
BREAKS = frozenset({"p", "div", "br", "tr", "li", "h1", "h2", "h3", "table"})
UNSEEN = frozenset({"style", "script", "title", "blockquote"})


def own_words(text: str, *, ours: Collection[str]) -> str:
    """The text above the quoted mail; `ours` are words that stand only there, such as our address."""
    lines = text[:MOST_READ].splitlines()
    written = list(_above(lines, ours))
    below = next(iter(lines[len(written) :]), "")
    if written and DATED.search(written[-1]) and (_has(below, ours) or (below and written[-1].endswith(":"))):
        written.pop()
    while written and (not written[-1].strip() or _is_of_device(written)):
        written.pop()
    return "\n".join(written).strip()[:LONGEST]


def text_of_html(html: str) -> str:
    """The words of a mail in HTML, a line for each block and an empty one for an empty block; not what it quotes."""
    reader = _Words()
    reader.feed(html[:MOST_READ])
    reader.close()
    text = re.sub(r"\s*\0\s*", "\0", re.sub(r"\s+", " ", "".join(reader.words)))
    return re.sub(r"\0+", "\n", re.sub(r"\0{3,}", "\n\n", text)).strip()


def _above(lines: list[str], ours: Collection[str]) -> Iterator[str]:
    for line in lines:
        if QUOTES.match(line) or SIGNATURE.match(line) or _has(line, ours):
            return
        yield line


def _has(line: str, ours: Collection[str]) -> bool:
    return any(word and word.casefold() in line.casefold() for word in ours)


def _is_of_device(lines: list[str]) -> bool:
    """Whether the last line is what a telephone adds: alone below an empty line."""
    is_alone = len(lines) > 1 and not lines[-2].strip()
    return is_alone and bool(DEVICE.search(lines[-1]))


class _Words(HTMLParser):
    """Gathers what is shown; \0 ends a line."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._unseen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN:
            self._unseen.append(tag)
        if tag in BREAKS:
            self.words.append("\0")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._unseen:
            self._unseen.remove(tag)
        if tag in BREAKS:
            self.words.append("\0")

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.words.append(data.replace("\0", " "))
