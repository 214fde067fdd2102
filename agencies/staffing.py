"""Staffing: add members of staff and rooms; whoever or whatever meets people can then be booked."""

from collections.abc import Iterable

from django.db import transaction

from agencies.models import Agency, Location, Resource, Role, Room, Site, User


@transaction.atomic
def add_staff(
    *,
    username: str,
    name: tuple[str, str],
    role: Role,
    sites: Iterable[Site] = (),
    agency: Agency | None = None,
    sex: str = "",
    password: str | None = None,
) -> User:
    """Add somebody; a caseworker gets a desk. Without a password nobody can sign in as this user."""
    given, family = name
    user = User(username=username, first_name=given, last_name=family, role=role, agency=agency, sex=sex)
    user.set_password(password)
    if role == Role.CASEWORKER:
        user.resource = Resource.objects.create(kind=Resource.Kind.DESK)
    user.save()
    user.sites.set(sites)
    return user


@transaction.atomic
def add_room(*, location: Location, name: str, step_free: bool = True) -> Room:
    """Add a room in which meetings can be held."""
    resource = Resource.objects.create(kind=Resource.Kind.ROOM)
    return Room.objects.create(location=location, name=name, step_free=step_free, resource=resource)
