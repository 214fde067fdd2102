"""Rooms in which meetings can be held."""

from django.db import transaction

from agencies.models import Location, Resource, Room


@transaction.atomic
def add_room(*, location: Location, name: str, step_free: bool = True) -> Room:
    """Add a room to the location, with the resource by which meetings claim it."""
    resource = Resource.objects.create(kind=Resource.Kind.ROOM)
    return Room.objects.create(location=location, name=name, step_free=step_free, resource=resource)
