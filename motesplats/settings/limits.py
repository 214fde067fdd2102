"""How often something may be asked for."""

from motesplats.settings.base import env

# By scope, of one user and of one network address: how often, in how many seconds.
LIMITS = {
    "letters": env.list("LIMIT_LETTERS", cast=int, default=[20, 60]),
    "letters-address": env.list("LIMIT_LETTERS_ADDRESS", cast=int, default=[120, 60]),
    "extracts": env.list("LIMIT_EXTRACTS", cast=int, default=[20, 600]),
    "extracts-address": env.list("LIMIT_EXTRACTS_ADDRESS", cast=int, default=[120, 600]),
    "exports": env.list("LIMIT_EXPORTS", cast=int, default=[30, 600]),
    "exports-address": env.list("LIMIT_EXPORTS_ADDRESS", cast=int, default=[240, 600]),
    "arrivals": env.list("LIMIT_ARRIVALS", cast=int, default=[60, 60]),
    "search": env.list("LIMIT_SEARCH", cast=int, default=[120, 60]),
    "search-address": env.list("LIMIT_SEARCH_ADDRESS", cast=int, default=[3000, 60]),
    "proposals": env.list("LIMIT_PROPOSALS", cast=int, default=[60, 60]),
    "proposals-address": env.list("LIMIT_PROPOSALS_ADDRESS", cast=int, default=[1500, 60]),
    "api": env.list("LIMIT_API", cast=int, default=[600, 60]),
    "api-address": env.list("LIMIT_API_ADDRESS", cast=int, default=[3000, 60]),
    "open-data-address": env.list("LIMIT_OPEN_DATA_ADDRESS", cast=int, default=[120, 60]),
    "wrong-link-address": env.list("LIMIT_WRONG_LINK_ADDRESS", cast=int, default=[60, 600]),
    "wrong-token-address": env.list("LIMIT_WRONG_TOKEN_ADDRESS", cast=int, default=[30, 600]),
}
