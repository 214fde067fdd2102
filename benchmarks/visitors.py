"""Phones that look at their days, in a process of their own: `python -m benchmarks.visitors < PLAN`.

PLAN is JSON: `port`, `tokens` (one a visitor), `seed`, and either `seconds` of the whole and `think` (seconds between
two looks, in the mean) or `bursts`: so many times all of them look at the same moment. Prints each look's seconds.
"""

import gzip
import json
import random
import sys
from collections.abc import Callable
from http.client import HTTPConnection, HTTPResponse
from http.cookies import SimpleCookie
from threading import Barrier, Thread
from time import monotonic, perf_counter, sleep
from typing import Any

LANGUAGES = ("ar", "prs", "so", "ti", "sv", "en")
PATIENCE = 120  # seconds
PAUSE = 2  # seconds between two bursts
ON_THE_DAYS_PAGE = b"/calendar.ics"  # and on no first screen


class Phone:
    """One visitor's browser: a connection for each page, and the cookies of the link."""

    def __init__(self, port: int, token: str, language: str) -> None:
        self.port, self.address, self.cookies = port, f"/d/{token}", ""
        answer, _body = self._ask("POST", f"language={language}")
        found = SimpleCookie(answer.headers["Set-Cookie"])
        self.cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in found.items())

    def look(self) -> float:
        """Fetch the day, compressed as browsers do; the seconds until all of it is here."""
        began = perf_counter()
        answer, body = self._ask("GET")
        took = perf_counter() - began
        assert answer.status == 200
        assert ON_THE_DAYS_PAGE in gzip.decompress(body)
        return took

    def _ask(self, method: str, form: str | None = None) -> tuple[HTTPResponse, bytes]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Accept-Encoding": "gzip", "Cookie": self.cookies, "Connection": "close"}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, self.address, form, headers)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer, body


def keep_looking(phone: Phone, dice: random.Random, *, seconds: float, think: float) -> list[float]:
    """Look, think, look again; the first look at any moment of the first pause."""
    ends, times = monotonic() + seconds, []
    sleep(dice.uniform(0, think))
    while monotonic() < ends:
        times.append(phone.look())
        sleep(dice.uniform(0.5, 1.5) * think)
    return times


def look_at_once(phone: Phone, gate: Barrier, *, bursts: int) -> list[float]:
    """Look when all others do."""
    times = []
    for _ in range(bursts):
        gate.wait(PATIENCE)
        times.append(phone.look())
        sleep(PAUSE)
    return times


def visit(plan: dict[str, Any]) -> list[float]:
    """All visitors' times; ends the process if a page was not the day's."""
    dice = [random.Random(plan["seed"] + number) for number in range(len(plan["tokens"]))]  # noqa: S311  no secret
    phones = [
        Phone(plan["port"], token, LANGUAGES[number % len(LANGUAGES)])
        for number, token in enumerate(plan["tokens"])
    ]
    gate = Barrier(len(phones))

    def times_of(number: int) -> list[float]:
        if bursts := plan.get("bursts"):
            return look_at_once(phones[number], gate, bursts=bursts)
        return keep_looking(phones[number], dice[number], seconds=plan["seconds"], think=plan["think"])

    return [time for times in _all_at_once(times_of, len(phones)) for time in times]


def _all_at_once(work: Callable[[int], list[float]], number: int) -> list[list[float]]:
    """What each of so many threads has found."""
    found: dict[int, list[float]] = {}
    threads = [Thread(target=lambda each=each: found.update({each: work(each)})) for each in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(found) < number:
        raise SystemExit(f"{number - len(found)} of {number} visitors did not see their day.")
    return list(found.values())


if __name__ == "__main__":
    sys.stdout.write(json.dumps(visit(json.load(sys.stdin))))
