"""Add, change, close and reopen members of staff; a caseworker gets a desk and can then be booked."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from agencies.models import AccountEvent, Agency, Resource, Role, Site, User
from agencies.refusals import Refusal
from agencies.staff.appoint import BY_TWO, NOT_YOUR_STAFF, NOT_YOURS, appoints, sites_to_give, staff_of
from agencies.staff.credentials import forget_credentials, record_account_event, revoke_token
from agencies.staff.second_person import is_asked_by_another, may_decide


class NameTaken(Refusal):
    kind = "name-taken"
    status = 409
    field = "username"


class NotYours(Refusal):
    """Everybody looks after those whom the table of appointments says, at the own sites, but not after themselves."""

    kind = "not-your-staff"
    status = 403


class NotAlone(Refusal):
    """Nobody changes alone what makes somebody a manager, or one of the secretariat."""

    kind = "not-alone"
    status = 409


class NeedsAgency(Refusal):
    kind = "needs-agency"
    field = "agency"


class NeedsSite(Refusal):
    kind = "needs-site"
    field = "sites"


class HasFirstUser(Refusal):
    """The installation has somebody of the secretariat, who makes the others."""

    kind = "has-first-user"
    status = 409


@transaction.atomic
def create_user(
    *,
    username: str,
    name: tuple[str, str],
    role: Role,
    sites: Iterable[Site] = (),
    agency: Agency | None = None,
    sex: str = "",
    email: str = "",
    password: str | None = None,
) -> User:
    """Create a member of staff; `name` is given and family name. Without a password nobody can sign in as this user.

    Raises NameTaken.
    """
    given, family = name
    user = User(
        username=User.normalize_username(username),
        first_name=given,
        last_name=family,
        email=email,
        role=role,
        agency=agency,
        sex=sex,
    )
    user.set_password(password)
    _ensure_desk(user)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        raise NameTaken(_("Somebody already has that user name.")) from None
    user.sites.set(sites)
    return user


@transaction.atomic
def create_first_user(*, username: str, name: tuple[str, str], at: datetime, email: str = "") -> User:
    """Create the first of the secretariat, at all sites and without a password. Raises HasFirstUser and NameTaken."""
    if User.objects.filter(role=Role.SECRETARIAT, is_active=True).exists():
        raise HasFirstUser(_("There is a user of the secretariat already, who makes the others at /staff/."))
    sites = Site.objects.all()
    user = create_user(username=username, name=name, role=Role.SECRETARIAT, sites=sites, email=email)
    record_account_event(AccountEvent.Kind.ADDED, user, by=user, at=at)
    return user


@transaction.atomic
def add_colleague(
    *,
    username: str,
    name: tuple[str, str],
    role: Role,
    sites: Iterable[Site],
    by: User,
    at: datetime,
    sex: str = "",
    email: str = "",
    agency: Agency | None = None,
) -> User:
    """Add somebody without a password; a manager's colleagues are of the manager's agency, hosts of none.

    Raises NotYours, NeedsAgency, NeedsSite and NameTaken.
    """
    _require_own_sites(role=role, sites=sites, by=by)
    agency = agency_given(role=role, agency=agency, by=by)
    _require_whole(role=role, agency=agency, sites=sites)
    user = create_user(
        username=username, name=name, role=role, sites=sites, agency=agency, sex=sex, email=email
    )
    record_account_event(AccountEvent.Kind.ADDED, user, by=by, at=at)
    return user


def agency_given(*, role: Role, agency: Agency | None, by: User) -> Agency | None:
    """The agency of somebody new: the manager's own, or what the secretariat names; hosts and secretariat have none."""
    if by.role == Role.MANAGER:
        return by.agency
    return agency if role in (Role.MANAGER, Role.COORDINATOR) else None


@transaction.atomic
def change_staff(
    *,
    user: User,
    name: tuple[str, str],
    sex: str,
    email: str,
    role: Role,
    sites: Iterable[Site],
    by: User,
    at: datetime,
) -> None:
    """Change name, sex, e-mail, role and sites; the user's sites that are not those of `by` stay.

    Role and e-mail of a manager or of the secretariat, by which an agency's own sign-in knows people, are not one
    person's to change. Raises NotYours, NotAlone, NeedsAgency and NeedsSite.
    """
    _require_own_staff(user, by)
    _require_own_sites(role=role, sites=sites, by=by)
    if user.role in BY_TWO and (email, role) != (user.email, user.role):
        raise NotAlone(
            _("The role and e-mail of a manager or of the secretariat are not changed: make a new account.")
        )
    if role != user.role and role == Role.SECRETARIAT:
        raise NotAlone(_("Whoever joins the secretariat gets a new account."))
    _require_whole(role=role, agency=user.agency, sites=sites)
    if role != user.role:
        revoke_token(user=user, by=by, at=at)
    user.first_name, user.last_name = name
    user.sex, user.email, user.role = sex, email, role
    _ensure_desk(user)
    user.save()
    user.sites.set([*user.sites.exclude(pk__in=sites_to_give(by)), *sites])
    record_account_event(AccountEvent.Kind.CHANGED, user, by=by, at=at)


@transaction.atomic
def close_staff(*, user: User, by: User, at: datetime) -> None:
    """Close the user's account; password, second factors, provider account, sessions and token end at once.

    A closed one stays as it is. Raises NotYours.
    """
    user = _locked(user)
    _require_own_staff(user, by)
    if not user.is_active:
        return
    user.is_active = False
    user.save(update_fields=["is_active"])
    forget_credentials(user=user, by=by, at=at)
    record_account_event(AccountEvent.Kind.CLOSED, user, by=by, at=at)


@transaction.atomic
def reset_sign_in(*, user: User, by: User, at: datetime) -> bool:
    """Make the user choose password and second factor anew; sessions and token end, a closed account opens.

    For a manager and the secretariat it is only asked for, and False, until a second person asks for the same within a
    day: another manager of the agency, one of the secretariat or a superuser. Raises NotYours.
    """
    user = _locked(user)
    if not may_decide(by, user):
        _require_own_staff(user, by)
    if user.role in BY_TWO and not is_asked_by_another(user, by=by, at=at):
        record_account_event(AccountEvent.Kind.RESET_ASKED, user, by=by, at=at)
        return False
    if not user.is_active:
        user.is_active = True
        user.save(update_fields=["is_active"])
        record_account_event(AccountEvent.Kind.OPENED, user, by=by, at=at)
    forget_credentials(user=user, by=by, at=at)
    record_account_event(AccountEvent.Kind.RESET, user, by=by, at=at)
    return True


def _locked(user: User) -> User:
    return User.objects.select_for_update(of=["self"], no_key=True).get(pk=user.pk)


def _ensure_desk(user: User) -> None:
    """Give a caseworker a desk; a desk is kept when the role changes."""
    if user.role == Role.CASEWORKER and user.resource_id is None:
        user.resource = Resource.objects.create(kind=Resource.Kind.DESK)


def _require_own_staff(user: User, by: User) -> None:
    if user == by:
        raise NotYours(_("Somebody else has to do this for you."))
    if not staff_of(by).filter(pk=user.pk).exists():
        raise _not_yours(by)


def _require_own_sites(*, role: Role, sites: Iterable[Site], by: User) -> None:
    own = set(sites_to_give(by).values_list("pk", flat=True))
    if role not in appoints(by) or not {site.pk for site in sites} <= own:
        raise _not_yours(by)


def _require_whole(*, role: Role, agency: Agency | None, sites: Iterable[Site]) -> None:
    if role == Role.MANAGER and agency is None:
        raise NeedsAgency(_("A manager belongs to an agency."))
    if role != Role.SECRETARIAT and not list(sites):
        raise NeedsSite(_("Tick at least one site."))


def _not_yours(by: User) -> NotYours:
    return NotYours(str(NOT_YOURS.get(by.role, NOT_YOUR_STAFF)))
