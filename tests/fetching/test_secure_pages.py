"""https: a certificate that nobody trusts is refused, and one that is trusted is checked against the host's name."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from dateline.fetching import Fetcher, FetchError, exchange

# Of a certificate for "localhost", made for this test and signed by itself; it guards nothing.
KEY = """
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgawFZnA1DtxRbj4fe
nQICWXUH9miqyeN2HNxVybIlp5ehRANCAAQc71I03857K214sKgRNQNMjhqOpRhG
AfmhA39FpTyrh7XBQmJo3PNrdF4sN1BYiTL8xC1+7vGnY1MYLAbdbbKN
"""
CERTIFICATE = """
MIIBlTCCATugAwIBAgIUQNiI+5+ZF74DtnwQ4n+UMGX4J/AwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMzIzNTU0MloYDzIxMjYxMDMw
MjM1NTQyWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQc71I03857K214sKgRNQNMjhqOpRhGAfmhA39FpTyrh7XBQmJo3PNr
dF4sN1BYiTL8xC1+7vGnY1MYLAbdbbKNo2kwZzAdBgNVHQ4EFgQUk8kGRHs2nJb3
pNM2tuh6lRRtwKowHwYDVR0jBBgwFoAUk8kGRHs2nJb3pNM2tuh6lRRtwKowDwYD
VR0TAQH/BAUwAwEB/zAUBgNVHREEDTALgglsb2NhbGhvc3QwCgYIKoZIzj0EAwID
SAAwRQIgfjK0KPMPjkoeTPYjhfZ63VGX7ZoIFm4OxBDCvJaqVz0CIQDl1M83p8q/
UdOX/FxkrmW6zoQXfJRbY63hudTckCmHPQ==
"""


class Handler(BaseHTTPRequestHandler):
    """Gives one page."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b"<p>Hello.</p>")

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def armoured(tmp_path: Path) -> Path:
    path = tmp_path / "both.pem"
    parts = (("PRIVATE KEY", KEY), ("CERTIFICATE", CERTIFICATE))
    path.write_text("".join(f"-----BEGIN {kind}-----{body}-----END {kind}-----\n" for kind, body in parts))
    return path


@pytest.fixture
def secure_port(armoured: Path) -> Iterator[int]:
    server = HTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(armoured)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  # a client that turns away is no fault here
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join(2)


@pytest.fixture
def trusted(armoured: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "_trust", lambda: ssl.create_default_context(cafile=str(armoured)))


def test_certificate_that_nobody_trusts_is_refused(secure_port: int, fetcher: Callable[..., Fetcher]) -> None:
    with pytest.raises(FetchError, match="SSLCertVerificationError"):
        fetcher().fetch(f"https://localhost:{secure_port}/")


@pytest.mark.usefixtures("trusted")
def test_page_comes_over_https(secure_port: int, fetcher: Callable[..., Fetcher]) -> None:
    assert fetcher().fetch(f"https://localhost:{secure_port}/").data == b"<p>Hello.</p>"


@pytest.mark.usefixtures("trusted")
def test_certificate_of_another_host_is_refused(secure_port: int, fetcher: Callable[..., Fetcher]) -> None:
    with pytest.raises(FetchError, match="SSLCertVerificationError"):
        fetcher().fetch(f"https://127.0.0.1:{secure_port}/")


def test_server_that_never_shakes_hands_is_cut(site: Any, fetcher: Callable[..., Fetcher]) -> None:
    # A plain server waits for the end of a request line, and the client for the server's hello.
    with pytest.raises(FetchError, match=r"took longer than 0\.3 seconds|could not be fetched"):
        fetcher(fetch_seconds=0.3).fetch(site.url.replace("http:", "https:"))
