from storage import Database
from storage.records import NewPicture
from tests.storage.stage import Clock, admit, ask, drawn, end


async def test_pictures_stand_in_the_order_of_their_draws(db: Database) -> None:
    request, (first, second) = await ask(db, seeds=(10, 11))
    await admit(db)
    await end(db, second.id, [NewPicture(b"c", "image/png", 3, 30)])
    await end(db, first.id, [NewPicture(b"a", "image/png", 1, 10), NewPicture(b"b", "image/jpeg", 2, 20)])
    async with db.read() as unit:
        pictures = await unit.pictures.of_request(request.id)
        assert [await unit.pictures.bytes(picture.id) for picture in pictures] == [b"a", b"b", b"c"]
        assert [picture.ordinal for picture in pictures] == [0, 1, 2]
        assert [(picture.draw_id, picture.seed) for picture in pictures] == [(first.id, 10)] * 2 + [(second.id, 11)]
        assert [(picture.mime, picture.width, picture.height) for picture in pictures] == [
            ("image/png", 1, 10),
            ("image/jpeg", 2, 20),
            ("image/png", 3, 30),
        ]
        assert [await unit.pictures.get(picture.id) for picture in pictures] == pictures
        assert await unit.pictures.get(pictures[-1].id + 100) is None
        assert await unit.pictures.of_request(request.id + 1) == []


async def test_what_telegram_has_is_remembered(db: Database) -> None:
    request, _ = await drawn(db)
    async with db.transaction() as unit:
        (picture,) = await unit.pictures.of_request(request.id)
        assert (picture.file_id, picture.thumbnail) == (None, None)
        await unit.pictures.delivered(picture.id, file_id="AgAC", thumbnail=b"jpeg")
        await unit.pictures.delivered(picture.id, file_id="BQAC", thumbnail=None)
        await unit.pictures.delivered(picture.id, file_id=None, thumbnail=None)
        known = await unit.pictures.get(picture.id)
        assert known is not None
        assert (known.file_id, known.thumbnail) == ("BQAC", b"jpeg")
        assert await unit.pictures.thumbnail(picture.id) == b"jpeg"
        assert b"jpeg" not in repr(known).encode()


async def test_bytes_go_now_or_later(db: Database, clock: Clock) -> None:
    single, _ = await drawn(db)
    sheet, _ = await drawn(db, seeds=(1, 2))
    async with db.transaction() as unit:
        (one,) = await unit.pictures.of_request(single.id)
        two, three = await unit.pictures.of_request(sheet.id)
        await unit.pictures.drop_bytes(single.id, keep_until=None)
        until = clock.advance(100)
        await unit.pictures.drop_bytes(sheet.id, keep_until=until)
        assert await unit.pictures.bytes(one.id) is None
        assert await unit.pictures.purge(clock.advance(-1)) == 0
        assert await unit.pictures.bytes(two.id) is not None
        assert await unit.pictures.purge(until) == 2
        assert await unit.pictures.bytes(two.id) is None
        assert await unit.pictures.bytes(three.id) is None
        assert await unit.pictures.get(three.id) == three
