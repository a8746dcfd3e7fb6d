"""Files signed with the operator's certificate: a C2PA manifest that says how the picture came to be.

By the optional library `c2pa-python`, which computes in native code: in a thread, with a deadline, and for two pictures
at most at once. It never asks the network: no timestamp authority, no remote manifest, no OCSP.
"""

import asyncio
import io
import threading
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import structlog

from bot.pictures.fit import Fitted
from bot.pictures.metadata import CREATOR, GENERATED, has_manifest

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes

log = structlog.stdlib.get_logger(__name__)

SIGNED_FORMATS = frozenset({"image/jpeg", "image/png", "image/webp"})
AT_ONCE = 2
SECONDS = 10.0  # for one picture, the wait for its turn included
SOURCE_TYPES = "http://cv.iptc.org/newscodes/digitalsourcetype/"
# 1x1 pixel; signed at the start, so that a certificate that will not do is found then.
_SAMPLE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b55"
    "0000000a49444154789c636000000002000148afa4710000000049454e44ae426082"
)
_OFFLINE = {
    "version": 1,
    "verify": {"verify_after_sign": False, "remote_manifest_fetch": False, "ocsp_fetch": False},
    "builder": {"thumbnail": {"enabled": False}},
}


class SigningError(Exception):
    """The certificate, its key or the library cannot be used; the message says what to do, and holds no key."""


@dataclass(frozen=True, slots=True)
class Certificate:
    """In PEM: the chain with the signer's own certificate first, and its private key. `algorithm` is C2PA's name of
    how it signs."""

    chain: bytes
    key: bytes
    algorithm: str


def read_certificate(chain: Path, key: Path) -> Certificate:
    """Raises SigningError for files that cannot be read, or do not belong together."""
    from cryptography import x509
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives import serialization

    try:
        chain_pem, key_pem = chain.read_bytes(), key.read_bytes()
    except OSError as error:
        raise SigningError(f"{error.filename} cannot be read: {error.strerror or error}") from None
    try:
        certificates = x509.load_pem_x509_certificates(chain_pem)
    except ValueError:
        raise SigningError(f"C2PA_CERT: {chain} is no chain of certificates in PEM") from None
    try:
        private = serialization.load_pem_private_key(key_pem, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise SigningError(f"C2PA_KEY: {key} is no private key in PEM, or it has a password") from None
    form = (serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    if certificates[0].public_key().public_bytes(*form) != private.public_key().public_bytes(*form):
        raise SigningError("C2PA_KEY: it is not the key of the first certificate in C2PA_CERT")
    return Certificate(chain_pem, key_pem, _algorithm(private))


def _algorithm(key: "PrivateKeyTypes") -> str:
    from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

    if isinstance(key, ec.EllipticCurvePrivateKey) and key.key_size in {256, 384, 521}:
        return {256: "es256", 384: "es384", 521: "es512"}[key.key_size]
    if isinstance(key, rsa.RSAPrivateKey):
        return "ps256"
    if isinstance(key, ed25519.Ed25519PrivateKey):
        return "ed25519"
    raise SigningError("C2PA_KEY: C2PA signs with EC (P-256, P-384, P-521), RSA or Ed25519 keys")


class Signing:
    """Raises SigningError where the library is missing, or does not take the certificate."""

    def __init__(self, certificate: Certificate, version: str) -> None:
        try:
            import c2pa
        except ImportError:
            raise SigningError("C2PA_CERT needs the library: pip install 'imagine-bot[c2pa]'") from None
        self._library = c2pa
        self._version = version
        self._turns = asyncio.Semaphore(AT_ONCE)
        try:
            info = c2pa.C2paSignerInfo(certificate.algorithm, certificate.chain, certificate.key, None)
            signer = c2pa.Signer.from_info(info)
            self._context = c2pa.Context(settings=c2pa.Settings.from_dict(_OFFLINE), signer=signer)
            self._sign(_SAMPLE, "image/png", GENERATED)
        except c2pa.C2paError as error:
            raise SigningError(f"C2PA_CERT: c2pa does not sign with this certificate: {error}") from None

    async def signed(self, fitted: Fitted, source: str) -> Fitted:
        """The same file with a manifest; `source` is an IPTC digital source type. As it is where it has a manifest
        already, has a format that is not signed, or cannot be signed within SECONDS: then the log says why."""
        if fitted.mime not in SIGNED_FORMATS or has_manifest(fitted.data):
            return fitted
        try:
            async with asyncio.timeout(SECONDS):
                await self._turns.acquire()
                data = await self._in_thread(fitted, source)
        except TimeoutError:
            log.warning("picture not signed: it took too long", seconds=SECONDS)
            return fitted
        except Exception as error:  # noqa: BLE001 - whatever the library raises, the picture is worth more
            log.warning("picture not signed", error=f"{type(error).__name__}: {error}"[:300])
            return fitted
        return replace(fitted, data=data)

    def _in_thread(self, fitted: Fitted, source: str) -> "asyncio.Future[bytes]":
        """A thread of its own keeps its turn until it really ends, however long it is waited for; a daemon, so that
        one that hangs does not hold up the end of the process."""
        loop, done = asyncio.get_running_loop(), Future[bytes]()

        def work() -> None:
            try:
                done.set_result(self._sign(fitted.data, fitted.mime, source))
            except BaseException as error:  # noqa: BLE001 - handed on to whoever waits
                done.set_exception(error)
            if not loop.is_closed():
                loop.call_soon_threadsafe(self._turns.release)

        waited = asyncio.wrap_future(_uncancelled(done))
        threading.Thread(target=work, name="c2pa", daemon=True).start()
        return waited

    def _sign(self, data: bytes, mime: str, source: str) -> bytes:
        """Raises C2paError."""
        created = {"action": "c2pa.created", "digitalSourceType": f"{SOURCE_TYPES}{source}"}
        manifest = {
            "claim_generator_info": [{"name": CREATOR, "version": self._version}],
            "assertions": [{"label": "c2pa.actions.v2", "data": {"actions": [created]}}],
        }
        out = io.BytesIO()
        with self._library.Builder(manifest, self._context) as builder:
            builder.sign(mime, io.BytesIO(data), out)
        return out.getvalue()


def _uncancelled(future: Future[bytes]) -> Future[bytes]:
    """One that whoever waits may cancel, while the thread still sets the other."""
    copy = Future[bytes]()

    def told(done: Future[bytes]) -> None:
        if copy.set_running_or_notify_cancel():
            if (error := done.exception()) is not None:
                copy.set_exception(error)
            else:
                copy.set_result(done.result())

    future.add_done_callback(told)
    return copy
