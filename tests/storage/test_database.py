from storage import Database


async def test_ping(db: Database) -> None:
    await db.ping()
