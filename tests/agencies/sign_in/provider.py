"""A small real OpenID Connect provider, as strict as the standard, that lies when a test tells it to."""

import json
from base64 import b64decode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from secrets import token_urlsafe
from threading import Thread
from time import time_ns
from typing import Any
from urllib.parse import parse_qs, unquote_plus, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "motesplats", "between the two of us: 50 % + ü"
BACK = "http://testserver/sign-in/at/af/back/"


class Provider(ThreadingHTTPServer):
    """Signs in the `person` at once; `lies` are what it says instead of the truth, by where it says it."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.address = f"http://127.0.0.1:{self.server_port}"
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.forget()

    def forget(self) -> None:
        """Begin anew: an honest provider that tells everything in the ID token."""
        self.person: dict[str, Any] = {}
        self.at_user_info: set[str] = set()  # claims that are told there only
        self.signs_user_info = False
        self.signs_with: Any = self.key
        self.algorithm = "RS256"
        self.auth_methods = ["client_secret_post"]
        self.lies: dict[str, dict[str, Any]] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.tokens: dict[str, dict[str, str]] = {}
        self.asked: dict[str, str] = {}

    def configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "jwks_uri": f"{self.address}/keys",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": self.auth_methods,
            "claims_parameter_supported": True,
            "authorization_response_iss_parameter_supported": True,
        } | self.lies.get("configuration", {})

    def keys(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        unknown = {"kty": "RSA", "kid": "encrypts", "use": "enc", "n": public["n"], "e": public["e"]}
        return {"keys": [unknown, public | {"kid": "1", "use": "sig", "alg": "RS256"}]}

    def signed(self, claims: dict[str, Any]) -> str:
        key: Any = None if self.algorithm == "none" else self.signs_with
        return jwt.encode(claims, key, algorithm=self.algorithm, headers={"kid": "1"})

    def id_token(self, nonce: str) -> str:
        now = time_ns() // 10**9
        claims = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 60, "nonce": nonce}
        told = {name: value for name, value in self.person.items() if name not in self.at_user_info}
        return self.signed(claims | told | self.lies.get("id_token", {}))

    def user_info(self) -> dict[str, Any]:
        told = {name: self.person[name] for name in self.at_user_info if name in self.person}
        return {"sub": self.person["sub"]} | told | self.lies.get("user_info", {})


class Answers(BaseHTTPRequestHandler):
    """The endpoints of the provider."""

    server: Provider

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        match asked.path:
            case "/.well-known/openid-configuration":
                self.say(self.server.configuration())
            case "/keys":
                self.say(self.server.keys())
            case "/userinfo":
                self.show_user_info()
            case "/authorize":
                given = parse_qs(asked.query, strict_parsing=True)
                if any(len(values) > 1 for values in given.values()):
                    self.say({"error": "invalid_request"}, status=400)
                    return
                self.authorize({name: values[0] for name, values in given.items()})

    def authorize(self, asked: dict[str, str]) -> None:
        """Redirect back with a code, as if the person had signed in already; 400 for whatever the standard forbids."""
        is_right = (
            asked.get("client_id") == CLIENT
            and asked.get("redirect_uri") == BACK
            and asked.get("response_type") == "code"
            and "openid" in asked.get("scope", "").split()
            and asked.get("code_challenge_method") == "S256"
            and len(asked.get("code_challenge", "")) == 43
            and len(asked.get("state", "")) >= 22
            and len(asked.get("nonce", "")) >= 22
            and set(json.loads(asked.get("claims", "{}"))) <= {"id_token", "userinfo"}
        )
        if not is_right:
            self.say({"error": "invalid_request"}, status=400)
            return
        code = token_urlsafe(16)
        self.server.asked = self.server.codes[code] = asked
        answer = {"code": code, "state": asked["state"], "iss": self.server.address}
        answer |= self.server.lies.get("answer", {})
        self.send_response(302)
        self.send_header(
            "Location", f"{BACK}?{urlencode({k: v for k, v in answer.items() if v is not None})}"
        )
        self.end_headers()

    def do_POST(self) -> None:
        """Exchange a code, once, for tokens: with its PKCE verifier, its address and the client's secret."""
        given = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode(), strict_parsing=True)
        told = {name: values[0] for name, values in given.items()}
        if not self.knows_client(told):
            self.say({"error": "invalid_client"}, status=401)
            return
        asked = self.server.codes.pop(told.get("code", ""), None)
        digest = sha256(told.get("code_verifier", "").encode()).digest()
        challenge = urlsafe_b64encode(digest).decode().rstrip("=")
        is_right = (
            asked is not None
            and told.get("grant_type") == "authorization_code"
            and told.get("redirect_uri") == asked["redirect_uri"]
            and challenge == asked["code_challenge"]
        )
        if not is_right or asked is None:
            self.say({"error": "invalid_grant"}, status=400)
            return
        token = token_urlsafe(16)
        self.server.tokens[token] = asked
        said = {
            "access_token": token,
            "token_type": "Bearer",
            "id_token": self.server.id_token(asked["nonce"]),
        }
        self.say(said | self.server.lies.get("token", {}))

    def knows_client(self, told: dict[str, str]) -> bool:
        """Whether the client shows its secret in the one way that the provider offers."""
        if self.server.auth_methods == ["client_secret_post"]:
            return (told.get("client_id"), told.get("client_secret")) == (CLIENT, SECRET)
        kind, _space, given = self.headers.get("Authorization", "").partition(" ")
        name, _colon, secret = b64decode(given).decode().partition(":")
        shown = (kind, unquote_plus(name), unquote_plus(secret))
        return shown == ("Basic", CLIENT, SECRET) and "client_secret" not in told

    def show_user_info(self) -> None:
        kind, _space, token = self.headers.get("Authorization", "").partition(" ")
        if kind != "Bearer" or token not in self.server.tokens:
            self.say({"error": "invalid_token"}, status=401)
        elif self.server.signs_user_info:
            claims = {"iss": self.server.address, "aud": CLIENT} | self.server.user_info()
            self.write(self.server.signed(claims).encode(), "application/jwt", 200)
        else:
            self.say(self.server.user_info())

    def say(self, body: dict[str, Any], *, status: int = 200) -> None:
        self.write(json.dumps(body).encode(), "application/json", status)

    def write(self, body: bytes, kind: str, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Log nothing."""


@contextmanager
def running_provider() -> Iterator[Provider]:
    """A provider that answers until the end of the block."""
    with Provider() as provider:
        Thread(target=provider.serve_forever, daemon=True).start()
        yield provider
        provider.shutdown()
