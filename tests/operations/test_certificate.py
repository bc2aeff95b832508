"""What the operator's page says of the certificate, asked of real TLS servers."""

import ipaddress
import socket
import ssl
import threading
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import override_settings
from django.utils import translation

from portal.operations import report
from portal.settings.public_url import PublicUrl

pytestmark = pytest.mark.once


@pytest.fixture
def address(tmp_path, monkeypatch):
    """Serve a certificate that ends in so many days, and let this machine trust it or not."""

    @contextmanager
    def served(days: int, trusted: bool = True):
        now, key = datetime.now(UTC), ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "laichau.test")])
        here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
        certificate = (
            x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
            .not_valid_before(now - timedelta(days=400))
            .not_valid_after(now + timedelta(days=days))
            .add_extension(here, critical=False)
            .sign(key, hashes.SHA256())
        )
        both, shown = tmp_path / "both.pem", certificate.public_bytes(serialization.Encoding.PEM)
        kind = serialization.PrivateFormat.PKCS8
        private = key.private_bytes(serialization.Encoding.PEM, kind, serialization.NoEncryption())
        both.write_bytes(private + shown)
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(both)
        if trusted:
            monkeypatch.setenv("SSL_CERT_FILE", str(both))
        with socket.create_server(("127.0.0.1", 0)) as listening:
            thread = threading.Thread(target=_shake_hands, args=(listening, context))
            thread.start()
            url = PublicUrl.parse(f"https://127.0.0.1:{listening.getsockname()[1]}/p")
            with override_settings(PUBLIC_URL=url):
                yield
            thread.join()

    return served


def _shake_hands(listening: socket.socket, context: ssl.SSLContext) -> None:
    connection, _address = listening.accept()
    with suppress(OSError), context.wrap_socket(connection, server_side=True) as secure:
        secure.recv(1)


@pytest.mark.parametrize(("days", "short"), [(90, False), (20, True)])
def test_it_is_told_in_time_that_a_certificate_ends(address, days, short):
    with address(days):
        certificate = report.certificate()
    assert certificate.is_short is short and not certificate.distrust
    assert (certificate.ends - datetime.now(UTC)).days in (days - 1, days)


def test_one_that_has_ended_is_not_passed_over_as_unknown(address):
    with address(-1), translation.override("vi"):
        assert report.certificate() == report.Certificate(distrust="nó đã hết hạn")


def test_why_browsers_refuse_one_is_said(address):
    with address(90, trusted=False):
        assert "self-signed" in report.certificate().distrust


def test_where_nobody_answers_nothing_is_known():
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    with override_settings(PUBLIC_URL=PublicUrl.parse(f"https://127.0.0.1:{port}/p")):
        assert report.certificate() is None
