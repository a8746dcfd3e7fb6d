"""What can stand before PostgreSQL: a pooler as pgbouncer is one with pool_mode=transaction, which lends a server's
session for a transaction at a time, and encryption."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlsplit

Reader: TypeAlias = asyncio.StreamReader
Writer: TypeAlias = asyncio.StreamWriter
SSL_REQUEST = (80877103).to_bytes(4, "big")  # https://www.postgresql.org/docs/current/protocol-message-formats.html


@dataclass
class Session:
    """One to the server, authenticated."""

    reader: Reader
    writer: Writer
    greeting: bytes  # what the server said up to its first ReadyForQuery


class TransactionPooler:
    """Sessions come back to the top of a stack, so that a client alone has the same one all the time."""

    def __init__(self, host: str, port: int) -> None:
        self._server = host, port
        self._idle: list[Session] = []
        self._all: list[Session] = []

    async def serve(self, reader: Reader, writer: Writer) -> None:
        try:
            startup = await _startup(reader)
            if startup[4:8] == SSL_REQUEST:
                writer.write(b"N")
                startup = await _startup(reader)
            session = await self._take(startup)
            writer.write(session.greeting)
            self._idle.append(session)
            lent: Session | None = None
            while True:
                message = await _message(reader)
                if message[:1] == b"X":
                    return
                lent = lent or await self._take(startup)
                lent.writer.write(message)
                if message[:1] not in b"QS":  # a simple query or a Sync: now it answers
                    continue
                status = await _relay(lent.reader, writer)
                if status == b"I":
                    self._idle.append(lent)
                    lent = None
        except (asyncio.IncompleteReadError, ConnectionError):
            return
        finally:
            writer.close()

    async def _take(self, startup: bytes) -> Session:
        if self._idle:
            return self._idle.pop()
        reader, writer = await asyncio.open_connection(*self._server)
        writer.write(startup)
        greeting = b""
        while True:
            message = await _message(reader)
            greeting += message
            if message[:1] == b"Z":
                break
        session = Session(reader, writer, greeting)
        self._all.append(session)
        return session

    def close(self) -> None:
        for session in self._all:
            session.writer.close()


@asynccontextmanager
async def pooled(url: str) -> AsyncIterator[str]:
    """The URL of a pooler before the server of `url`, which has to trust us."""
    pooler = TransactionPooler(*_server_of(url))
    async with await asyncio.start_server(pooler.serve, "127.0.0.1", 0) as front:
        yield _at(url, front)
    pooler.close()


@asynccontextmanager
async def encrypted(url: str, certificate: Path, key: Path) -> AsyncIterator[str]:
    """The URL of a door before the server of `url` that speaks TLS, and TLS alone."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)

    async def serve(reader: Reader, writer: Writer) -> None:
        inside: Writer | None = None
        try:
            assert (await _startup(reader))[4:8] == SSL_REQUEST
            writer.write(b"S")
            await writer.start_tls(context)
            answers, inside = await asyncio.open_connection(*_server_of(url))
            await asyncio.gather(_pump(reader, inside), _pump(answers, writer))
        except (OSError, asyncio.IncompleteReadError):  # ssl.SSLError is one: the client did not like us
            return
        finally:
            for end in (writer, inside):
                if end is not None:
                    end.transport.abort()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as front:
        yield _at(url, front)


def _server_of(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    return parts.hostname or "127.0.0.1", parts.port or 5432


def _at(url: str, front: asyncio.Server) -> str:
    parts = urlsplit(url)
    user = f"{parts.username}@" if parts.username else ""
    return parts._replace(netloc=f"{user}127.0.0.1:{front.sockets[0].getsockname()[1]}").geturl()


async def _pump(source: Reader, target: Writer) -> None:
    while data := await source.read(65536):
        target.write(data)
    target.close()


async def _startup(reader: Reader) -> bytes:
    length = await reader.readexactly(4)
    return length + await reader.readexactly(int.from_bytes(length, "big") - 4)


async def _message(reader: Reader) -> bytes:
    head = await reader.readexactly(5)
    return head + await reader.readexactly(int.from_bytes(head[1:], "big") - 4)


async def _relay(reader: Reader, writer: Writer) -> bytes:
    """Answers, up to the next ReadyForQuery; its status: I(dle), T(ransaction), E(rror)."""
    while True:
        message = await _message(reader)
        writer.write(message)
        if message[:1] == b"Z":
            return message[5:6]


@asynccontextmanager
async def breaking(server: str, words: bytes) -> AsyncIterator[str]:
    """The URL of a server that breaks the connection on which these words are said to it."""

    serving: set[asyncio.Task[None] | None] = set()

    async def serve(reader: Reader, writer: Writer) -> None:
        serving.add(asyncio.current_task())
        answers, inside = await asyncio.open_connection(*_server_of(server))

        async def listen() -> None:
            while (said := await reader.read(65_536)) and words not in said:
                inside.write(said)

        ways = {asyncio.create_task(listen()), asyncio.create_task(_pump(answers, writer))}
        _, left = await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        for way in left:
            way.cancel()
        await asyncio.gather(*ways, return_exceptions=True)
        for end in (writer, inside):
            end.transport.abort()
            await asyncio.gather(end.wait_closed(), return_exceptions=True)

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as front:
        yield _at(server, front)
        await asyncio.gather(*filter(None, serving))
