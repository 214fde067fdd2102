"""The demo's users, of whom some can sign in, its interpreters and its rooms."""

from base64 import b32encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from secrets import token_bytes

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password

from agencies.codes import KOM
from agencies.models import Agency, Location, Role, Site, User
from agencies.secrecy.context import acting_as, viewer_of
from agencies.sites.rooms import add_room
from agencies.spoken import of_letter
from agencies.staff.credentials import set_app
from agencies.staff.manage import create_user
from agencies.staff.openers import name_opener
from interpreters.models import Interpreter, Level
from interpreters.pool.add import add_interpreter
from motesplats.demo.data import DemoSite, demo_sites, family_name, given_name

PASSPHRASE = "kaffe-klockan-tio"
LEVELS = (Level.AT, Level.UT, Level.AT, Level.RT, Level.ST, Level.OT)


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """A user who can sign in; without `site` at all demo sites."""

    username: str
    role: Role
    agency: str | None = None
    site: str | None = None


def sign_ins() -> Iterator[DemoAccount]:
    """All users who can sign in to the demo."""
    for site in demo_sites():
        for code in site.desks:
            yield DemoAccount(f"{code.lower()}.{site.code}", Role.CASEWORKER, code, site.code)
        yield DemoAccount(f"samordnare.{site.code}", Role.COORDINATOR, "MIG", site.code)
        yield DemoAccount(f"chef.{site.code}", Role.MANAGER, "MIG", site.code)
        yield DemoAccount(f"vard.{site.code}", Role.HOST, None, site.code)
    yield DemoAccount("kansli", Role.SECRETARIAT)


def staff_everything(*, at: datetime) -> None:
    """Add the users, interpreters and rooms that are missing; change nobody who is there."""
    known = set(User.objects.values_list("username", flat=True))
    sites = {site.code: site for site in Site.objects.all()}
    missing = [sign_in for sign_in in sign_ins() if sign_in.username not in known]
    for sign_in in missing:
        _add_sign_in(sign_in, sites)
    _set_passwords(missing)
    _set_second_factors()
    for demo in demo_sites():
        _add_colleagues(demo, sites[demo.code], known)
        _add_interpreters(demo, sites[demo.code])
        _add_rooms(demo, sites[demo.code])
        _name_openers(demo, sites[demo.code], at=at)


def agency_at(site: Site, code: str) -> Agency:
    """The agency with that code; for a municipality's code, the site's host."""
    if code == KOM:
        return Agency.objects.get(municipality__site=site, municipality__is_host=True)
    return Agency.objects.get(code=code)


def _set_passwords(missing: Sequence[DemoAccount]) -> None:
    """Give all the same password and hash, because hashing takes a second each time."""
    if missing:
        names = [sign_in.username for sign_in in missing]
        User.objects.filter(username__in=names).update(password=make_password(PASSPHRASE))


def _set_second_factors() -> None:
    """Give those users a TOTP secret who have no second factor."""
    names = [sign_in.username for sign_in in sign_ins()]
    have = Authenticator.objects.filter(user__username__in=names).values("user")
    for user in User.objects.filter(username__in=names, is_active=True).exclude(pk__in=have):
        set_app(user=user, secret=b32encode(token_bytes(20)).decode())


def _add_sign_in(sign_in: DemoAccount, sites: dict[str, Site]) -> None:
    site = sites.get(sign_in.site or "")
    sex, name = _person(sign_in.username)
    create_user(
        username=sign_in.username,
        name=name,
        sex=sex,
        role=sign_in.role,
        agency=agency_at(site, sign_in.agency) if site and sign_in.agency else None,
        sites=[site] if site else sites.values(),
    )


def _add_colleagues(demo: DemoSite, site: Site, known: set[str]) -> None:
    """Add the caseworkers who cannot sign in, until each agency has its number of desks."""
    for code, desks in demo.desks.items():
        agency = agency_at(site, code)
        for number in range(2, desks + 1):
            username = f"{code.lower()}{number}.{demo.code}"
            if username not in known:
                sex, name = _person(username)
                create_user(
                    username=username, name=name, sex=sex, role=Role.CASEWORKER, agency=agency, sites=[site]
                )


def _add_interpreters(demo: DemoSite, site: Site) -> None:
    """Add the missing interpreters; the last one of each language works remotely."""
    for language, number in demo.interpreters.items():
        there = Interpreter.objects.filter(sites=site, masteries__language=of_letter(language)).count()
        for place in range(there, number):
            sex, name = _person(f"{language}{place}.{demo.code}", language=language)
            level = LEVELS[place % len(LEVELS)]
            remote = place == number - 1
            add_interpreter(
                name=" ".join(name), sex=sex, levels={language: level}, sites=[site], remote=remote
            )


def _add_rooms(demo: DemoSite, site: Site) -> None:
    location = site.locations.get(kind=Location.Kind.MAIN)
    for number in range(location.rooms.count() + 1, demo.rooms + 1):
        add_room(location=location, name=f"Rum {number}")


def _name_openers(demo: DemoSite, site: Site, *, at: datetime) -> None:
    """Let the manager of each site name who opens protected identities there."""
    manager = User.objects.get(username=f"chef.{demo.code}")
    for name in ("mig", "samordnare"):
        colleague = User.objects.get(username=f"{name}.{demo.code}")
        with acting_as(viewer_of(manager)):
            name_opener(user=colleague, site=site, by=manager, at=at)


def _person(key: str, *, language: str = "sv") -> tuple[str, tuple[str, str]]:
    """Sex and (given name, family name), always the same for the same key."""
    dice = Random(key)
    sex = dice.choice("FM")
    return sex, (given_name(dice, language=language, sex=sex), family_name(dice, language=language))
