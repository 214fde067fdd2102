"""Try an agency's provider: fetch what it says of itself, and say in words what works and what does not."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from requests import RequestException

from agencies.models import IdentityProvider
from agencies.sign_in.openid import ALGORITHMS, ENDPOINTS, http, without_tls

WELL_KNOWN = "/.well-known/openid-configuration"
MOST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was tried."""

    works: bool
    words: str


class NoAnswer(Exception):
    """Nothing that can be read came back; its text says what, in the reader's words."""


def try_provider(provider: IdentityProvider) -> list[Finding]:
    """What was tried, in order; it ends with the first thing without which the rest cannot be."""
    return list(_tried(provider))


def _tried(provider: IdentityProvider) -> Iterator[Finding]:
    try:
        config = _fetched(provider.issuer.rstrip("/") + WELL_KNOWN)
    except NoAnswer as error:
        yield Finding(False, _("Its configuration cannot be read: %(why)s") % {"why": error})
        return
    lacks = [name for name in ENDPOINTS if not isinstance(config.get(name), str)]
    if lacks:
        yield Finding(False, _("Its configuration lacks: %(names)s.") % {"names": ", ".join(lacks)})
        return
    yield Finding(True, _("Its configuration is found and complete."))
    is_own = config["issuer"].rstrip("/") == provider.issuer.rstrip("/")
    yield Finding(
        is_own,
        _("It calls itself by the same address.")
        if is_own
        else _("It calls itself %(name)s; write that as the issuer.") % {"name": config["issuer"][:200]},
    )
    if open_to_all := without_tls(config):
        yield Finding(False, _("Not at https://: %(names)s.") % {"names": ", ".join(open_to_all)})
        return
    yield from _abilities(config, provider)
    try:
        keys = _fetched(config["jwks_uri"]).get("keys")
    except NoAnswer as error:
        yield Finding(False, _("Its keys cannot be read: %(why)s") % {"why": error})
        return
    usable = (
        [key for key in keys if isinstance(key, dict) and key.get("use") != "enc"]
        if isinstance(keys, list)
        else []
    )
    yield Finding(
        bool(usable),
        _("It has keys by which it signs.") if usable else _("It has no key by which it signs."),
    )


def _abilities(config: dict[str, Any], provider: IdentityProvider) -> Iterator[Finding]:
    """What it says that it can do; what it does not speak of is not held against it."""
    signs = _listed(config, "id_token_signing_alg_values_supported", ALGORITHMS)
    yield Finding(
        signs,
        _("It signs as it should.") if signs else _("It signs only in ways that are not safe enough."),
    )
    has_code = _listed(config, "response_types_supported", ("code",))
    has_pkce = _listed(config, "code_challenge_methods_supported", ("S256",))
    if not has_code:
        yield Finding(False, _("It does not offer the code flow."))
    if not has_pkce:
        yield Finding(False, _("It does not know PKCE with S256."))
    if not _listed(config, "claims_supported", (provider.claim,)):
        yield Finding(
            False, _("It does not say that it tells %(claim)s of people.") % {"claim": provider.claim}
        )


def _listed(config: dict[str, Any], name: str, wanted: tuple[str, ...]) -> bool:
    """Whether it lists one of what is wanted, or says nothing of it."""
    said = config.get(name)
    return not isinstance(said, list) or bool(set(map(str, said)) & set(wanted))


def _fetched(address: str) -> dict[str, Any]:
    """The JSON object at the address. Raises NoAnswer."""
    try:
        with http() as session, session.get(address, allow_redirects=False, stream=True) as answer:
            if answer.status_code != 200:
                raise NoAnswer(_("it answers %(status)s.") % {"status": answer.status_code})
            body = answer.raw.read(MOST_BYTES, decode_content=True)
    except (RequestException, OSError, ValueError) as error:
        raise NoAnswer(_("it does not answer (%(kind)s).") % {"kind": type(error).__name__}) from None
    try:
        found = json.loads(body)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise NoAnswer(_("it answers with something else than JSON."))
    return found
