"""Reads the page of figures and its files as somebody of the staff does."""

from django.test import Client
from django.utils.translation import override

from tests.browser import csv_rows

URL = "/figures/"


def table(client: Client, code: str, **asked) -> dict[str, list[str]]:
    """The rows of the CSV file by their name."""
    answer = client.get(f"{URL[:-1]}/{code}.csv", asked)
    assert answer.status_code == 200
    return {name: cells for name, *cells in csv_rows(answer)}


def on_page(client: Client, code: str, **asked) -> dict[str, list[str]]:
    """The same rows as the page has them, without their titles; none if the page has no such table."""
    context = client.get(URL, asked).context
    tables = [*context["tables"], *(effect.table for effect in context["effects"])]
    rows = [row for table in tables if table.code == code for row in table.all_rows]
    with override("en"):
        return {str(row.name): [str(cell) for cell in row.cells] for row in rows}


def number_in(cell: str) -> str:
    """The number of a cell without unit and grouping, as files and page both have it; a word as it is."""
    found = "".join(sign for sign in cell if sign.isdigit() or sign in ".,").replace(",", ".")
    return found or cell
