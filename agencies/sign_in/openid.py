"""OpenID Connect as the standard describes it: what a provider says is believed only after every check has passed."""

import json
from collections.abc import Mapping
from hashlib import sha256
from hmac import compare_digest
from typing import Any
from urllib.parse import quote_plus

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest
from requests import Session
from requests.auth import HTTPBasicAuth

# Signed with the provider's own key: neither `none`, nor the shared secret.
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
LEEWAY = 60  # seconds by which clocks may differ
LONGEST_SUB = 255  # characters; OpenID Connect Core, 2
ENDPOINTS = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")


def without_tls(config: Mapping[str, Any]) -> list[str]:
    """Which addresses of an issuer at https:// are not: what is fetched or sent there could be read and changed."""
    if not str(config["issuer"]).startswith("https://"):
        return []
    told = {name: config.get(name) for name in (*ENDPOINTS, "userinfo_endpoint")}
    return [name for name, address in told.items() if address and not str(address).startswith("https://")]


class Untrusted(OAuth2Error):
    """What the provider said does not hold."""


class StrictClient(OAuth2Client):
    """Asks with a nonce, and shows the client's secret as RFC 6749 writes it."""

    def get_redirect_url(self, authorization_url: str, scope: list[str], extra_params: dict[str, str]) -> str:
        bound = {"nonce": nonce_for(str(self.state))}
        url: str = super().get_redirect_url(authorization_url, scope, extra_params | bound)
        return url

    def get_access_token(
        self, code: str, pkce_code_verifier: str | None = None, extra_data: dict[str, str] | None = None
    ) -> dict[str, Any]:
        """The provider's answer to the code. Raises Untrusted, and RequestException if it does not answer."""
        asked = {"grant_type": "authorization_code", "code": code, "redirect_uri": self.callback_url}
        if pkce_code_verifier:
            asked["code_verifier"] = pkce_code_verifier
        auth = None
        if self.basic_auth:
            auth = HTTPBasicAuth(quote_plus(self.consumer_key), quote_plus(self.consumer_secret))
        else:
            asked |= {"client_id": self.consumer_key, "client_secret": self.consumer_secret}
        with http() as session:
            answer = session.post(self.access_token_url, data=asked, auth=auth, allow_redirects=False)
        told = answer.json() if answer.status_code == 200 else None
        if not isinstance(told, dict):
            raise Untrusted("it gave no token")
        if not all(isinstance(told.get(name), str) for name in ("access_token", "id_token")):
            raise Untrusted("a token is missing")
        return {name: told[name] for name in ("access_token", "id_token")}


class StrictAdapter(OpenIDConnectOAuth2Adapter):
    """Checks discovery document, `iss`, ID token and UserInfo."""

    client_class = StrictClient

    @property
    def openid_config(self) -> dict[str, Any]:
        """The discovery document. Raises Untrusted unless it is the issuer's own and complete."""
        config = super().openid_config
        if not isinstance(config, dict) or not all(isinstance(config.get(name), str) for name in ENDPOINTS):
            raise Untrusted("its configuration is incomplete")
        asked: str = self.get_provider().app.settings["server_url"]  # type: ignore[no-untyped-call]  # allauth
        if config["issuer"].rstrip("/") != asked.rstrip("/"):
            raise Untrusted("its configuration is another issuer's")
        if without_tls(config):
            raise Untrusted("not all of its addresses are https")
        return config

    def get_access_token_data(
        self, request: HttpRequest, app: SocialApp, client: Any, pkce_code_verifier: Any = None
    ) -> Any:
        """Check who answered (RFC 9207) before the code goes anywhere."""
        iss, config = request.GET.get("iss"), self.openid_config
        if iss != config["issuer"] and (iss or config.get("authorization_response_iss_parameter_supported")):
            raise Untrusted("somebody else's answer")
        return super().get_access_token_data(request, app, client, pkce_code_verifier)

    def complete_login(
        self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        nonce = nonce_for(request.GET.get("state", ""))
        claims = self._id_claims(app, kwargs["response"]["id_token"], nonce=nonce)
        if not wanted(app) <= claims.keys() and "userinfo_endpoint" in self.openid_config:
            claims = self._user_info(app, token.token, sub=claims["sub"]) | claims
        provider: StrictProvider = self.get_provider()  # type: ignore[no-untyped-call]  # allauth does not annotate it
        provider.claims = {
            name: claims[name] for name in ("sub", "acr", "amr", *wanted(app)) if name in claims
        }
        login: SocialLogin = provider.sociallogin_from_response(request, provider.claims)
        return login

    def _id_claims(self, app: SocialApp, token: str, *, nonce: str) -> dict[str, Any]:
        claims = self._verified(token, app, require=["iss", "sub", "aud", "exp", "iat"])
        audience, party = claims["aud"], claims.get("azp")
        if party is None and isinstance(audience, list) and len(audience) > 1:
            raise Untrusted("the token is for several and names none")
        if party not in (None, app.client_id):
            raise Untrusted("the token was made for somebody else")
        if not compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
            raise Untrusted("the token belongs to another sign-in")
        if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= LONGEST_SUB:
            raise Untrusted("nobody can be called that")
        return claims

    def _user_info(self, app: SocialApp, access_token: str, *, sub: str) -> dict[str, Any]:
        """The claims at UserInfo, signed or not. Raises Untrusted if they are another person's."""
        with http() as session:
            answer = session.get(
                self.openid_config["userinfo_endpoint"],
                headers={"Authorization": f"Bearer {access_token}"},
                allow_redirects=False,
            )
        answer.raise_for_status()
        if answer.headers.get("Content-Type", "").partition(";")[0].strip().lower() == "application/jwt":
            claims: Any = self._verified(answer.text.strip(), app, require=["iss", "sub", "aud"])
        else:
            claims = answer.json()
        if not isinstance(claims, dict) or claims.get("sub") != sub:
            raise Untrusted("UserInfo speaks of somebody else")
        return claims

    def _verified(self, token: str, app: SocialApp, *, require: list[str]) -> dict[str, Any]:
        with http() as session:
            answer = session.get(self.openid_config["jwks_uri"])
        answer.raise_for_status()
        issuer = self.openid_config["issuer"]
        return verified(token, keys=answer.json(), issuer=issuer, audience=app.client_id, require=require)


class StrictProvider(OpenIDConnectProvider):
    """An agency's provider; what is asked of it comes from its entry and never from the address line."""

    oauth2_adapter_class = StrictAdapter
    claims: dict[str, Any]  # what it has said of the person who signs in now

    def get_auth_params_from_request(self, request: HttpRequest, action: str) -> dict[str, str]:
        config = self.get_oauth2_adapter(request).openid_config
        if config.get("claims_parameter_supported") is not True:
            return {}
        asked = {name: {"essential": True} for name in sorted(wanted(self.app))}
        return {"claims": json.dumps({"id_token": asked | {"acr": None, "amr": None}, "userinfo": asked})}

    def get_scope_from_request(self, request: HttpRequest) -> list[str]:
        return list(self.app.settings["scope"])

    def extract_uid(self, data: dict[str, Any]) -> str:
        return subject_key(issuer=self.app.settings["server_url"], sub=data["sub"])

    def extract_extra_data(self, data: dict[str, Any]) -> dict[str, Any]:
        """Nothing: what it says of a person is read once and not stored."""
        return {}


def http() -> Session:
    """A session of requests whose answers have a deadline."""
    session: Session = get_adapter().get_requests_session()  # type: ignore[no-untyped-call]  # allauth
    return session


def nonce_for(state: str) -> str:
    """The nonce of the sign-in with this state, which is random, kept in the session and good once."""
    return sha256(f"nonce:{state}".encode()).hexdigest()


def subject_key(*, issuer: str, sub: str) -> str:
    """By what a person is known: a `sub` means somebody only together with the issuer that gave it."""
    return sha256(f"{issuer.rstrip('/')} {sub}".encode()).hexdigest()


def wanted(app: SocialApp) -> set[str]:
    """The claims by which this provider's people are known."""
    return set(app.settings["wanted_claims"])


def verified(token: str, *, keys: Any, issuer: str, audience: str, require: list[str]) -> dict[str, Any]:
    """The claims of a token that one of the keys (a JWK set) has signed, for us and not expired. Raises Untrusted."""
    try:
        header = jwt.get_unverified_header(token)
        algorithm = header.get("alg")
        if algorithm not in ALGORITHMS:
            raise Untrusted("the token is not signed as it should be")
        for key in _candidates(keys, header.get("kid")):
            try:
                claims: dict[str, Any] = jwt.decode(
                    token,
                    jwt.PyJWK.from_dict(key, algorithm=algorithm),
                    algorithms=[algorithm],
                    issuer=issuer,
                    audience=audience,
                    leeway=LEEWAY,
                    options={"require": require},
                )
            except (jwt.InvalidSignatureError, jwt.InvalidKeyError, jwt.PyJWKError):
                continue
            return claims
    except (jwt.PyJWTError, ValueError, TypeError) as error:
        raise Untrusted(type(error).__name__) from None
    raise Untrusted("no key of the provider's has signed the token")


def _candidates(keys: Any, kid: str | None) -> list[dict[str, Any]]:
    """The keys that may have signed a token with this `kid`."""
    found = keys.get("keys", []) if isinstance(keys, dict) else []
    usable = [key for key in found if isinstance(key, dict) and key.get("use") != "enc"]
    return [key for key in usable if kid is None or key.get("kid") == kid]


def shows_second_factor(claims: Mapping[str, Any], *, accepted: str) -> bool:
    """Whether `acr` or `amr` holds one of the accepted values, which are divided by blanks."""
    methods = claims.get("amr")
    said = {str(claims.get("acr", "")), *(map(str, methods) if isinstance(methods, list) else ())}
    return bool(said & set(accepted.split()))
