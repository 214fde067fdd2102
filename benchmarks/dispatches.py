"""DISPATCHES: the reminders of a national morning through a real gateway on this machine, by one worker and by two.

DISPATCHES makes it shorter. A worker is a process that does what Celery's task does, without Celery.
"""

import json
import os
import sys
import urllib.request
from datetime import datetime, time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from agencies.clock import at_wall_clock
from agencies.dispatches.handlers import MESSAGES
from agencies.dispatches.outbox import add_dispatches
from agencies.dispatches.sweep import SWEEPER, send_batch
from agencies.models import Dispatch, Service, User
from agencies.secrecy.context import acting_as, viewer_of
from benchmarks.figures import figure, headline, stopwatch
from benchmarks.memory import resident
from benchmarks.sites import BenchSite, add_parties, analyse, make_site, new_chains
from bookings.links.tokens import set_hashes
from bookings.messages.plan import KIND
from bookings.models import Chain, Link, Meeting, Message, Newcomer, Party, Summons
from motesplats.embedded.processes import Process, free_port, start, stopping, wait_until
from motesplats.embedded.stand_in.launch import Gateways

ROWS = int(os.environ.get("DISPATCHES", "10000"))
ALONE = ROWS // 4  # of them for one worker, which is slower
PHONE = "+467017406{:02}"
GROWTH = 1.2
WORKER = """
import sys, django
django.setup()
from datetime import datetime
from benchmarks.dispatches import work
work(datetime.fromisoformat(sys.argv[1]), int(sys.argv[2]))
"""


def measure() -> None:
    headline(f"DISPATCHES: {ROWS} reminders, by a gateway that answers at once")
    with stopwatch("preparation"):
        at, by = _plan()
        analyse()
    with TemporaryDirectory() as folder:
        gateways = Gateways(Path(folder), 1, free_port(), free_port(), "", "")
        running: list[Process] = []
        with stopping(running):
            running.append(gateways.start(env=os.environ, log=Path(folder) / "stand-in.log"))
            wait_until(lambda: _is_up(gateways), processes=running, seconds=20)
            _measure_one_and_two(gateways, Path(folder), at, by)


def _measure_one_and_two(gateways: Gateways, folder: Path, at: datetime, by: User) -> None:
    speeds = []
    for workers, rows in ((1, ALONE), (2, ROWS - ALONE)):
        name = f"{workers} worker{'s' * (workers > 1)}"
        before = len(_taken(gateways))
        spent, memory = _work(workers, rows // workers, gateways, folder, at)
        sent = len(_taken(gateways)) - before
        speeds.append(sent / spent)
        figure(f"{name}: texts a second", f"{speeds[-1]:.0f}", promise=f"{sent} sent")
        grown = ", ".join(f"{first:.0f} → {last:.0f} MB" for first, last in memory)
        kept = all(last <= first * GROWTH for first, last in memory)
        figure(f"{name}: memory after a tenth and at the end", grown, promise="no growth", kept=kept)
    figure("two workers against one", f"{speeds[1] / speeds[0]:.2f} times")
    texts = _taken(gateways)
    keys = {text["key"] for text in texts}
    with acting_as(SWEEPER):
        left = Dispatch.objects.filter(kind=KIND).exclude(state=Dispatch.State.DONE).count()
    told = f"{len(texts)}, {len(texts) - len(keys)}, {left}"
    figure("texts taken, double, left", told, promise=f"{ROWS}, 0, 0", kept=told == f"{ROWS}, 0, 0")


def _work(
    workers: int, rows: int, gateways: Gateways, folder: Path, at: datetime
) -> tuple[float, list[tuple[float, float]]]:
    """Seconds that they took from the first to the last text, and of each its memory in MB, early and at the end."""
    command = [sys.executable, "-c", WORKER, at.isoformat(), str(rows)]
    env = os.environ | gateways.env | {"LOG_LEVEL": "ERROR"}
    logs = [folder / f"worker-{workers}-{number}.log" for number in range(workers)]
    running = [start("worker", command, env=env, log=log) for log in logs]
    with stopping(running):
        for process in running:
            process.child.wait(3600)
    told = [json.loads(log.read_text().splitlines()[-1]) for log in logs]
    return max(each["seconds"] for each in told), [(each["early"], each["late"]) for each in told]


def _taken(gateways: Gateways) -> list[dict[str, str]]:
    """What the gateway has taken."""
    address = f"{gateways.page}/texts"
    with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310  our own stand-in
        texts: list[dict[str, str]] = json.load(answer)
    return texts


def _is_up(gateways: Gateways) -> bool:
    try:
        return _taken(gateways) == []
    except OSError:
        return False


def _plan() -> tuple[datetime, User]:
    """Write the families of a day with their reminders, all due; gives the moment at which they are, and who asks."""
    bench = make_site("karlstad", desks={"MIG": 1}, days=1)
    by = bench.desks["MIG"][0]
    at = at_wall_clock(bench.first, time(7))
    with acting_as(viewer_of(by)):
        parties = add_parties(bench, by, number=ROWS, births=[at.date().replace(year=1990)])
        for number, party in enumerate(parties):
            party.phone = PHONE.format(5 + number % 95)
        Party.objects.bulk_update(parties, ["phone"], batch_size=2000)
        chains = new_chains(by, [(party, bench.days[0]) for party in parties])
        _write_days(bench, by, chains, at)
        links = _links(chains, bench)
        Link.objects.bulk_create(links, batch_size=2000)
        reminders = Message.objects.bulk_create(_reminders(links, at), batch_size=2000)
        add_dispatches(kind=KIND, due={one.pk: at for one in reminders}, by=by, at=at)
    return at, by


def _write_days(bench: BenchSite, by: User, chains: list[Chain], at: datetime) -> None:
    """A meeting and a first version of the summons for each."""
    assert by.agency
    service = Service.objects.get(agency_code=by.agency.code)
    begins = bench.days[0].opens_at + timedelta(hours=2)
    Meeting.objects.bulk_create(
        (Meeting(chain=one, agency=by.agency, service=service, caseworker=by, who="adults", starts_at=begins,
                 ends_at=begins + timedelta(minutes=30)) for one in chains),
        batch_size=2000,
    )  # fmt: skip
    made_at = at - timedelta(days=9)
    Summons.objects.bulk_create(
        (Summons(chain=one, version=1, made_at=made_at, made_by=by, day={}) for one in chains),
        batch_size=2000,
    )


def _links(chains: list[Chain], bench: BenchSite) -> list[Link]:
    found = Newcomer.objects.filter(party__in=[one.party_id for one in chains])
    members = dict(found.values_list("party_id", "pk"))
    links = [
        Link(chain=one, newcomer_id=members[one.party_id], valid_until=bench.days[0].closes_at)
        for one in chains
    ]
    for link in links:
        set_hashes(link)
    return links


def _reminders(links: list[Link], at: datetime) -> list[Message]:
    return [
        Message(party=link.chain.party, chain=link.chain, link=link, newcomer_id=link.newcomer_id, version=1,
                kind=Message.Kind.REMINDER_MORNING, channel="sms", language="ar", planned_at=at, due_at=at)
        for link in links
    ]  # fmt: skip


def work(at: datetime, rows: int) -> None:
    """Send so many; print the seconds and the memory in MB, after a tenth and at the end."""
    began, sent, early = perf_counter(), 0, 0.0
    while sent < rows and (some := send_batch(queue=MESSAGES, at=at)):
        sent += some
        if not early and sent >= rows / 10:
            early = resident(os.getpid())
    told = {"seconds": perf_counter() - began, "early": early, "late": resident(os.getpid()), "sent": sent}
    sys.stdout.write(json.dumps(told) + "\n")
