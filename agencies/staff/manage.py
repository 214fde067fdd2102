"""Add, change, close and reopen members of staff; a caseworker gets a desk and can then be booked."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from agencies.models import AccountEvent, Agency, Resource, Role, Site, User
from agencies.refusals import Refusal
from agencies.staff.credentials import (
    end_sessions,
    forget_credentials,
    record_account_event,
    revoke_token,
)
from agencies.staff.second_person import is_asked_by_another, may_decide
from agencies.web.roles import AGENCY_ROLES


class NameTaken(Refusal):
    kind = "name-taken"
    status = 409
    field = "username"


class NotYours(Refusal):
    """Managers manage the staff of their own agency at their own sites, but not themselves."""

    kind = "not-your-staff"
    status = 403


class NotAlone(Refusal):
    """A manager does not change alone what makes another one a manager."""

    kind = "not-alone"
    status = 409


def staff_of(manager: User) -> QuerySet[User]:
    """The staff of the manager's agency at the manager's sites; nobody who may open the admin."""
    return User.objects.filter(
        pk__in=User.objects.filter(agency=manager.agency_id, sites__in=manager.sites.all()).values("pk"),
        agency__isnull=False,
        is_superuser=False,
        is_staff=False,
    )


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
) -> User:
    """Add a colleague without a password to the manager's agency. Raises NotYours and NameTaken."""
    _require_own_sites(role=role, sites=sites, by=by)
    user = create_user(
        username=username, name=name, role=role, sites=sites, agency=by.agency, sex=sex, email=email
    )
    record_account_event(AccountEvent.Kind.ADDED, user, by=by, at=at)
    return user


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
    """Change name, sex, e-mail, role and sites; the user's sites that are not the manager's stay.

    A fellow manager's role and e-mail, by which the agency's own sign-in knows people, are not one person's to change.
    Raises NotYours and NotAlone.
    """
    _require_own_staff(user, by)
    _require_own_sites(role=role, sites=sites, by=by)
    if user.role == Role.MANAGER and (email, role) != (user.email, user.role):
        raise NotAlone(_("A fellow manager's role and e-mail are changed by those who run the installation."))
    if role != user.role:
        revoke_token(user=user, by=by, at=at)
    user.first_name, user.last_name = name
    user.sex, user.email, user.role = sex, email, role
    _ensure_desk(user)
    user.save()
    user.sites.set([*user.sites.exclude(pk__in=by.sites.all()), *sites])
    record_account_event(AccountEvent.Kind.CHANGED, user, by=by, at=at)


@transaction.atomic
def close_staff(*, user: User, by: User, at: datetime) -> None:
    """Close the user's account and end sessions and token. Raises NotYours."""
    _require_own_staff(user, by)
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions(user=user, by=by, at=at)
    revoke_token(user=user, by=by, at=at)
    record_account_event(AccountEvent.Kind.CLOSED, user, by=by, at=at)


@transaction.atomic
def reset_sign_in(*, user: User, by: User, at: datetime) -> bool:
    """Make the user choose password and second factor anew; sessions and token end, a closed account opens.

    For a manager it is only asked for, and False, until a second person asks for the same within a day: another manager
    of the agency, the secretariat or a superuser. Raises NotYours.
    """
    user = User.objects.select_for_update(of=["self"], no_key=True).get(pk=user.pk)
    if not may_decide(by, user):
        _require_own_staff(user, by)
    if user.role == Role.MANAGER and not is_asked_by_another(user, by=by, at=at):
        record_account_event(AccountEvent.Kind.RESET_ASKED, user, by=by, at=at)
        return False
    if not user.is_active:
        user.is_active = True
        user.save(update_fields=["is_active"])
        record_account_event(AccountEvent.Kind.OPENED, user, by=by, at=at)
    forget_credentials(user=user, by=by, at=at)
    record_account_event(AccountEvent.Kind.RESET, user, by=by, at=at)
    return True


def _ensure_desk(user: User) -> None:
    """Give a caseworker a desk; a desk is kept when the role changes."""
    if user.role == Role.CASEWORKER and user.resource_id is None:
        user.resource = Resource.objects.create(kind=Resource.Kind.DESK)


def _require_own_staff(user: User, by: User) -> None:
    if user == by:
        raise NotYours(_("Somebody else has to do this for you."))
    if by.role != Role.MANAGER or not staff_of(by).filter(pk=user.pk).exists():
        raise NotYours(_("You look after the staff of your own agency at your own sites."))


def _require_own_sites(*, role: Role, sites: Iterable[Site], by: User) -> None:
    own = set(by.sites.values_list("pk", flat=True))
    if by.role != Role.MANAGER or role not in AGENCY_ROLES or not {site.pk for site in sites} <= own:
        raise NotYours(_("You look after the staff of your own agency at your own sites."))
