"""Who leads a site of the demo: reports are written in somebody's name."""

from random import Random

from agencies.models import Agency, Role, Site, User
from agencies.staff.manage import create_user
from motesplats.demo.data import family_name, given_name

NAMES = {Role.COORDINATOR: "samordnare", Role.MANAGER: "chef"}


def leader_of(site: Site, role: Role) -> User:
    """The site's coordinator or manager; where the demo has none, one who cannot sign in."""
    found = User.objects.filter(role=role, sites=site).order_by("pk").first()
    if found:
        return found
    username = f"{NAMES[role]}.{site.code}"
    dice = Random(username)
    sex = dice.choice("FM")
    return create_user(
        username=username,
        name=(given_name(dice, language="sv", sex=sex), family_name(dice, language="sv")),
        sex=sex,
        role=role,
        agency=Agency.objects.get(code="MIG"),
        sites=[site],
    )
