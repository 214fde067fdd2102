"""A small real OpenID Connect provider: discovery, authorisation with PKCE, signed tokens, keys."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import time_ns
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "motesplats", "between the two of us"


class Provider(ThreadingHTTPServer):
    """Answers every sign-in with the claims in `person`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.address = f"http://127.0.0.1:{self.server_port}"
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.signs_with = self.key
        self.person: dict[str, Any] = {}
        self.challenges: dict[str, str] = {}

    def configuration(self) -> dict[str, Any]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [public | {"kid": "1", "use": "sig", "alg": "RS256"}]}

    def id_token(self) -> str:
        now = time_ns() // 10**9
        claims = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 60} | self.person
        return jwt.encode(claims, self.signs_with, algorithm="RS256", headers={"kid": "1"})


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
            case "/authorize":
                self.authorize({name: values[0] for name, values in parse_qs(asked.query).items()})

    def authorize(self, asked: dict[str, str]) -> None:
        """Redirect back with a code at once, as if the person had signed in already."""
        assert (asked["client_id"], asked["code_challenge_method"]) == (CLIENT, "S256")
        self.server.challenges["a-code"] = asked["code_challenge"]
        self.send_response(302)
        self.send_header(
            "Location", f"{asked['redirect_uri']}?{urlencode({'code': 'a-code', 'state': asked['state']})}"
        )
        self.end_headers()

    def do_POST(self) -> None:
        """Exchange a code, its PKCE verifier and the client secret for a token, once."""
        told = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        digest = sha256(told["code_verifier"][0].encode()).digest()
        challenge = urlsafe_b64encode(digest).decode().rstrip("=")
        known = self.server.challenges.pop(told["code"][0], None) == challenge
        if known and told["client_secret"] == [SECRET]:
            self.say({"access_token": "a", "token_type": "Bearer", "id_token": self.server.id_token()})
        else:
            self.say({"error": "invalid_grant"}, status=400)

    def say(self, body: dict[str, Any], *, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(body).encode())

    def log_message(self, *args: Any) -> None:
        """Log nothing."""


@contextmanager
def running_provider() -> Iterator[Provider]:
    """A provider that answers until the end of the block."""
    with Provider() as provider:
        Thread(target=provider.serve_forever, daemon=True).start()
        yield provider
        provider.shutdown()
