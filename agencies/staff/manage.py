"""Staffing: add, change and close members of staff, and add rooms; whoever meets people can then be booked."""

from collections.abc import Iterable
from datetime import datetime

import structlog
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.auth.tokens import default_token_generator
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from rest_framework.authtoken.models import Token

from agencies.models import Agency, Location, Resource, Role, Room, Site, User
from agencies.refusals import Refusal
from agencies.secrecy.sealing import seal

OF_AN_AGENCY = (Role.CASEWORKER, Role.COORDINATOR, Role.MANAGER)

log = structlog.get_logger(__name__)


class NameTaken(Refusal):
    kind = "name-taken"
    status = 409
    field = "username"


class NotYours(Refusal):
    """A manager staffs the own agency at the own sites, and is staffed by somebody else."""

    kind = "not-your-staff"
    status = 403


def staff_of(manager: User) -> QuerySet[User]:
    """Those whom the manager looks after: the agency's staff at the manager's sites."""
    return User.objects.filter(
        pk__in=User.objects.filter(agency=manager.agency_id, sites__in=manager.sites.all()).values("pk"),
        agency__isnull=False,
    )


@transaction.atomic
def add_staff(
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
    """Add somebody; a caseworker gets a desk. Without a password nobody can sign in as this user."""
    given, family = name
    user = User(
        username=username,
        first_name=given,
        last_name=family,
        email=email,
        role=role,
        agency=agency,
        sex=sex,
    )
    user.set_password(password)
    _seat(user)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        raise NameTaken(_("Somebody already has that user name.")) from None
    user.sites.set(sites)
    return user


@transaction.atomic
def hire(
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
    """Add a colleague to the manager's agency; the link of `way_in` lets the colleague choose a password."""
    _within(role=role, sites=sites, by=by)
    user = add_staff(
        username=username, name=name, role=role, sites=sites, agency=by.agency, sex=sex, email=email
    )
    _say("staff_added", user, by, at)
    return user


@transaction.atomic
def change_staff(
    *,
    user: User,
    name: tuple[str, str],
    email: str,
    role: Role,
    sites: Iterable[Site],
    by: User,
    at: datetime,
) -> None:
    """Change who somebody is and does; sites that are not the manager's stay as they are."""
    _own(user, by)
    _within(role=role, sites=sites, by=by)
    user.first_name, user.last_name = name
    user.email, user.role = email, role
    _seat(user)
    user.save()
    user.sites.set([*user.sites.exclude(pk__in=by.sites.all()), *sites])
    _say("staff_changed", user, by, at)


@transaction.atomic
def close_staff(*, user: User, by: User, at: datetime) -> None:
    """Let somebody in no more: sessions and token end with this."""
    _own(user, by)
    user.is_active = False
    user.save(update_fields=["is_active"])
    end_sessions(user=user, by=by, at=at)
    revoke_token(user=user, by=by, at=at)
    _say("staff_closed", user, by, at)


@transaction.atomic
def open_staff(*, user: User, by: User, at: datetime) -> None:
    """Let somebody in again who has been closed, by a new password and a new second factor."""
    _own(user, by)
    user.is_active = True
    user.save(update_fields=["is_active"])
    reset_sign_in(user=user, by=by, at=at)
    _say("staff_opened", user, by, at)


@transaction.atomic
def reset_sign_in(*, user: User, by: User, at: datetime) -> None:
    """Forget password, second factors and token of somebody who has lost them; sessions end with this."""
    _own(user, by)
    Authenticator.objects.filter(user=user).delete()
    SocialAccount.objects.filter(user=user).delete()
    user.set_unusable_password()
    user.save(update_fields=["password"])
    end_sessions(user=user, by=by, at=at)
    revoke_token(user=user, by=by, at=at)
    _say("sign_in_reset", user, by, at)


def end_sessions(*, user: User, by: User, at: datetime) -> None:
    """Sign the user out everywhere."""
    User.objects.filter(pk=user.pk).update(generation=F("generation") + 1)
    user.refresh_from_db(fields=["generation"])
    _say("sessions_ended", user, by, at)


@transaction.atomic
def make_token(*, user: User, at: datetime) -> str:
    """A new token for the API; the one before it ends."""
    Token.objects.filter(user=user).delete()
    _say("token_made", user, user, at)
    return Token.objects.create(user=user).key


def revoke_token(*, user: User, by: User, at: datetime) -> None:
    """End the user's token."""
    if Token.objects.filter(user=user).delete()[0]:
        _say("token_revoked", user, by, at)


def set_app(*, user: User, secret: str) -> None:
    """Give the user an app's secret as second factor."""
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": seal(secret)})


def way_in(user: User) -> tuple[str, str]:
    """Key and token of the address at which the user chooses a password; good once, for three days."""
    return urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)


@transaction.atomic
def add_room(*, location: Location, name: str, step_free: bool = True) -> Room:
    """Add a room in which meetings can be held."""
    resource = Resource.objects.create(kind=Resource.Kind.ROOM)
    return Room.objects.create(location=location, name=name, step_free=step_free, resource=resource)


def _seat(user: User) -> None:
    """A caseworker has a desk; who has had one keeps it."""
    if user.role == Role.CASEWORKER and user.resource_id is None:
        user.resource = Resource.objects.create(kind=Resource.Kind.DESK)


def _own(user: User, by: User) -> None:
    if user == by:
        raise NotYours(_("Somebody else has to do this for you."))
    if by.role != Role.MANAGER or not staff_of(by).filter(pk=user.pk).exists():
        raise NotYours(_("You look after the staff of your own agency at your own sites."))


def _within(*, role: Role, sites: Iterable[Site], by: User) -> None:
    own = set(by.sites.values_list("pk", flat=True))
    if by.role != Role.MANAGER or role not in OF_AN_AGENCY or not {site.pk for site in sites} <= own:
        raise NotYours(_("You look after the staff of your own agency at your own sites."))


def _say(event: str, user: User, by: User, at: datetime) -> None:
    log.info(event, user=user.username, by=by.username, at=at.isoformat())
