"""Files signed with the operator's certificate, read back by C2PA's own library."""

import threading
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from structlog.testing import capture_logs

from bot.pictures import signing
from bot.pictures.fit import Fitted
from bot.pictures.metadata import EDITED, GENERATED, has_manifest, texts_of, with_metadata
from bot.pictures.signing import Signing, SigningError, read_certificate
from tests.bot.pictures.certificates import Key, certificate, manifest, source_in
from tests.providers.serving import picture_bytes

FORMS = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}


@pytest.fixture
def signer(tmp_path: Path) -> Signing:
    return Signing(read_certificate(*certificate(tmp_path)), "1.0")


@pytest.mark.parametrize("form", FORMS)
async def test_a_file_is_signed_and_keeps_what_it_says(signer: Signing, form: str) -> None:
    data = with_metadata(picture_bytes(form), EDITED, "a fox\nSteps: 20")
    signed = await signer.signed(Fitted(data, FORMS[form], as_document=True), EDITED)
    state, found = manifest(signed.data, FORMS[form])
    assert state == "Valid"
    assert source_in(found) == EDITED
    assert found["claim_generator_info"][0]["name"] == "imagine-bot"
    assert texts_of(signed.data)["parameters"] == "a fox\nSteps: 20"
    assert has_manifest(signed.data)
    assert not has_manifest(data)
    assert await signer.signed(signed, GENERATED) == signed  # whoever signed first


@pytest.mark.parametrize(
    "key",
    [
        ec.generate_private_key(ec.SECP384R1()),
        ed25519.Ed25519PrivateKey.generate(),
        rsa.generate_private_key(65537, 2048),
    ],
    ids=["ec", "ed25519", "rsa"],
)
async def test_keys_of_other_kinds(tmp_path: Path, key: Key) -> None:
    signed = await Signing(read_certificate(*certificate(tmp_path, key)), "1.0").signed(
        Fitted(picture_bytes("JPEG"), "image/jpeg", as_document=True), GENERATED
    )
    assert manifest(signed.data, "image/jpeg")[0] == "Valid"


async def test_what_cannot_be_signed_goes_unsigned(signer: Signing) -> None:
    for data, mime in ((b"\xff\xd8\xff\xd9 broken", "image/jpeg"), (picture_bytes("GIF"), "image/gif")):
        fitted = Fitted(data, mime, as_document=True)
        assert await signer.signed(fitted, GENERATED) == fitted
    broken = Fitted(picture_bytes("PNG")[:60], "image/png", as_document=True)
    with capture_logs() as logs:
        assert await signer.signed(broken, GENERATED) == broken
    assert [line["event"] for line in logs] == ["picture not signed"]


class Hanging(Signing):
    """Its library does not come back until it is let go."""

    go_on: threading.Event | None = None

    def _sign(self, data: bytes, mime: str, source: str) -> bytes:
        if self.go_on is not None:
            self.go_on.wait()
        return super()._sign(data, mime, source)


async def test_a_library_that_hangs_holds_nothing_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    signer = Hanging(read_certificate(*certificate(tmp_path)), "1.0")
    signer.go_on = go_on = threading.Event()
    fitted = Fitted(picture_bytes("PNG"), "image/png", as_document=True)
    with monkeypatch.context() as hurried:
        hurried.setattr(signing, "SECONDS", 0.05)
        before = threading.active_count()
        for _ in range(4):
            assert await signer.signed(fitted, GENERATED) == fitted
        assert threading.active_count() - before <= signing.AT_ONCE
    go_on.set()
    assert has_manifest((await signer.signed(fitted, GENERATED)).data)


def test_certificates_that_will_not_do(tmp_path: Path) -> None:
    chain, key = certificate(tmp_path)
    (tmp_path / "other").mkdir()
    _, other = certificate(tmp_path / "other")
    for pair, reason in (
        ((tmp_path / "nothing.pem", key), "cannot be read"),
        ((key, key), "C2PA_CERT: .* no chain"),
        ((chain, chain), "C2PA_KEY: .* no private key"),
        ((chain, other), "not the key of the first certificate"),
    ):
        with pytest.raises(SigningError, match=reason) as caught:
            read_certificate(*pair)
        assert "PRIVATE" not in str(caught.value)
    unfit = read_certificate(*certificate(tmp_path, purpose=False))
    with pytest.raises(SigningError, match="does not sign with this certificate"):
        Signing(unfit, "1.0")
