"""How often something may be asked for, and from how many people on reading is unusual."""

from motesplats.settings.base import env


def _limit(name: str, default: str) -> tuple[int, int]:
    """How often and in how many seconds, written as `20/60`."""
    most, seconds = env(f"LIMIT_{name}", default=default).split("/")
    return int(most), int(seconds)


# By scope: of one user, and of one network address.
LIMITS = {
    "letters": _limit("LETTERS", "20/60"),
    "letters-address": _limit("LETTERS_ADDRESS", "120/60"),
    "extracts": _limit("EXTRACTS", "20/600"),
    "extracts-address": _limit("EXTRACTS_ADDRESS", "120/600"),
    "exports": _limit("EXPORTS", "30/600"),
    "exports-address": _limit("EXPORTS_ADDRESS", "240/600"),
    "api": _limit("API", "600/60"),
    "api-address": _limit("API_ADDRESS", "3000/60"),
    "wrong-token-address": _limit("WRONG_TOKEN_ADDRESS", "30/600"),
}
# More people than this in a day, and more than so many times a usual day's, raise an alarm.
UNUSUAL_PEOPLE = env.int("UNUSUAL_PEOPLE", default=200)
UNUSUAL_TIMES = env.int("UNUSUAL_TIMES", default=3)
