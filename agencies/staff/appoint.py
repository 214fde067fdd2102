"""Who looks after which staff: the table of who appoints whom, and whom somebody therefore sees."""

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from agencies.models import Role, Site, User
from agencies.web.roles import AGENCY_ROLES

# Nobody appoints a role above the own. What leads into an account of these, once it exists, takes a second person.
APPOINTS: dict[Role, frozenset[Role]] = {
    Role.SECRETARIAT: frozenset({Role.SECRETARIAT, Role.MANAGER, Role.COORDINATOR, Role.HOST}),
    Role.MANAGER: frozenset(AGENCY_ROLES),
    Role.COORDINATOR: frozenset({Role.HOST}),
}
BY_TWO = frozenset({Role.MANAGER, Role.SECRETARIAT})
NOT_YOURS: dict[str, Promise] = {
    Role.SECRETARIAT: _("The secretariat looks after managers, coordinators, hosts and its own people."),
    Role.COORDINATOR: _("You look after the hosts of your own sites."),
}
NOT_YOUR_STAFF = _("You look after the staff of your own agency at your own sites.")


def appoints(by: User) -> frozenset[Role]:
    """The roles that somebody appoints, changes and closes; none for a manager of no agency."""
    if by.role == Role.MANAGER and by.agency_id is None:
        return frozenset()
    return APPOINTS.get(Role(by.role), frozenset())


def roles_to_give(by: User) -> list[Role]:
    """The same in the order in which they are named."""
    return [role for role in Role if role in appoints(by)]


def sites_to_give(by: User) -> QuerySet[Site]:
    """The sites at which somebody appoints: the secretariat at all, others at their own."""
    return Site.objects.all() if by.role == Role.SECRETARIAT else by.sites.all()


def staff_of(by: User) -> QuerySet[User]:
    """Whom somebody looks after, oneself among colleagues of the own role; nobody who may open the admin.

    A manager: the agency's staff at the manager's sites; a coordinator: the hosts of the own sites.
    """
    staff = User.objects.filter(role__in=appoints(by), is_superuser=False, is_staff=False)
    if by.role == Role.SECRETARIAT:
        return staff
    at_sites = User.objects.filter(sites__in=by.sites.all())
    if by.role == Role.MANAGER:
        at_sites = at_sites.filter(agency=by.agency_id, agency__isnull=False)
    return staff.filter(pk__in=at_sites.values("pk"))


def found_among(staff: QuerySet[User], words: str) -> QuerySet[User]:
    """Of the staff those who have each of the words in name, user name or e-mail."""
    for word in words.split():
        staff = staff.filter(
            Q(first_name__icontains=word)
            | Q(last_name__icontains=word)
            | Q(username__icontains=word)
            | Q(email__icontains=word)
        )
    return staff


def left_alone(user: User) -> QuerySet[Site]:
    """The sites at which nobody else with an open account coordinates, or manages the user's agency; else none."""
    if user.role not in (Role.COORDINATOR, Role.MANAGER):
        return Site.objects.none()
    others = User.objects.filter(role=user.role, is_active=True).exclude(pk=user.pk)
    if user.role == Role.MANAGER:
        others = others.filter(agency=user.agency_id)
    return Site.objects.filter(pk__in=user.sites.values("pk")).exclude(staff__in=others).order_by("name")
