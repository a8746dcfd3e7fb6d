"""URLs as libpq takes them, certificates, and poolers that cannot work."""

from pathlib import Path

import pytest

from storage import Database, StorageMisconfigured, StorageUnavailable
from storage.postgres.server import Server
from tests.storage.postgres.pooler import breaking, encrypted, pooled
from tests.storage.stage import Clock

pytest.importorskip("asyncpg", reason="the extra `postgres` is not installed")


def with_query(url: str, query: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}{query}"


@pytest.mark.parametrize(
    "query",
    [
        "sslmode=disable",
        "sslmode=prefer",
        "connect_timeout=3",
        "connect_timeout=0&keepalives=1&gssencmode=disable&channel_binding=prefer",
        "fallback_application_name=ours&client_encoding=UTF8",
        "target_session_attrs=read-write",
    ],
)
async def test_parameters_that_work(postgresql_url: str, query: str, clock: Clock) -> None:
    db = await Database.open(with_query(postgresql_url, query), clock_now=clock.now)
    await db.ping()
    await db.close()


async def test_settings_of_the_server(postgresql_server: str) -> None:
    options = "options=-c%20statement_timeout%3D7s%20--lock-timeout%3D3s&fallback_application_name=ours"
    connection = await Server(with_query(postgresql_server, options)).connect()
    shown = [await connection.fetchval(f"SHOW {name}") for name in ("statement_timeout", "lock_timeout", "jit")]
    assert shown == ["7s", "3s", "off"]
    assert await connection.fetchval("SHOW application_name") == "ours"
    await connection.close()


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("sslmode=maybe", "sslmode"),
        ("channel_binding=require", "channel_binding=require is not known here: leave it out"),
        ("hostaddr=127.0.0.1", "hostaddr"),
        ("connect_timeout=soon", "connect_timeout=soon is no number"),
        ("options=search_path", "give -c name=value"),
        ("work_memory=1", 'unrecognized configuration parameter "work_memory"'),
        ("sslmode=verify-full&sslrootcert=/nowhere/ca.pem", "ca.pem|No such file"),
    ],
)
async def test_parameters_that_are_named(postgresql_server: str, query: str, says: str, clock: Clock) -> None:
    with pytest.raises((StorageMisconfigured, StorageUnavailable), match=says):
        await Database.open(with_query(postgresql_server, query), clock_now=clock.now)


@pytest.mark.parametrize("words", [b"SET jit", b"pg_backend_pid"])
async def test_a_connection_that_breaks_while_it_is_opened(postgresql_url: str, words: bytes, clock: Clock) -> None:
    async with breaking(postgresql_url, words) as url:
        with pytest.raises(StorageUnavailable):
            await Database.open(url, clock_now=clock.now)


async def test_a_pooler_that_lends_sessions_for_a_transaction_is_named(postgresql_url: str, clock: Clock) -> None:
    async with pooled(postgresql_url) as url:
        with pytest.raises(StorageMisconfigured, match="pool_mode=transaction"):
            await Database.open(url, clock_now=clock.now)


TLS = Path(__file__).with_name("tls")  # a certificate for `localhost`, and the authority that signed it


@pytest.mark.parametrize(
    ("query", "host", "works"),
    [
        ("sslmode=require", "127.0.0.1", True),
        (f"sslmode=verify-ca&sslrootcert={TLS}/ca.pem", "127.0.0.1", True),
        (f"sslmode=verify-full&sslrootcert={TLS}/ca.pem", "localhost", True),
        (f"sslmode=verify-full&sslrootcert={TLS}/ca.pem", "127.0.0.1", False),
        (f"sslmode=verify-ca&sslrootcert={TLS}/server.pem", "127.0.0.1", False),
        ("sslrootcert=system", "localhost", False),
    ],
)
async def test_certificates(postgresql_server: str, query: str, host: str, works: bool) -> None:
    async with encrypted(postgresql_server, TLS / "server.pem", TLS / "server.key") as url:
        server = Server(with_query(url.replace("127.0.0.1", host), query))
        if not works:
            with pytest.raises(StorageMisconfigured, match="the server's certificate"):
                await server.connect()
            return
        connection = await server.connect()
        assert await connection.fetchval("SELECT 1") == 1
        await connection.close()


async def test_a_server_without_encryption_where_it_is_required(postgresql_server: str) -> None:
    async with pooled(postgresql_server) as url:
        with pytest.raises((StorageMisconfigured, StorageUnavailable), match="SSL"):
            await Server(with_query(url, "sslmode=require")).connect()
