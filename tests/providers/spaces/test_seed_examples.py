"""The usage examples that the project grew from, as they were written; only their imports name this project."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import web

from providers import ImageResponse
from tests.providers.serving import serving

FINAL = "https://editor.imagelabs.net/finished.png"


@pytest.fixture
async def imagelabs(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[list[Any]]:
    """The documented API on this machine, one poll long; gives the bodies that it received."""
    bodies: list[Any] = []
    states = [{"status": "In queue", "final_image_url": None}, {"status": "Done", "final_image_url": FINAL}]

    async def handler(request: web.Request) -> web.StreamResponse:
        bodies.append(await request.json())
        return web.json_response({"task_id": "abc"} if request.path == "/txt2img" else states.pop(0))

    async with serving(handler) as url:
        monkeypatch.setattr("providers.spaces.imagelabs.ImageLabs.url", url)
        monkeypatch.setattr("providers.spaces.imagelabs.ImageLabs.poll_interval", 0.001)
        yield bodies


async def test_a_cat_in_space(imagelabs: list[Any], capsys: pytest.CaptureFixture[str]) -> None:
    from providers import ImageLabs, Message

    async def main() -> None:
        messages: list[Message] = [{"role": "user", "content": "A cat in space"}]

        # Использование create_async_generator для генерации изображений
        result = ImageLabs.create_async_generator(model="sdxl-turbo", messages=messages, width=512, height=512)

        # Получение и отображение результатов генерации
        async for item in result:
            assert isinstance(item, ImageResponse)
            print(item.images[0])  # Вывод URL первого сгенерированного изображения

    await main()
    assert capsys.readouterr().out == f"{FINAL}\n"
    assert (imagelabs[0]["prompt"], imagelabs[0]["width"], imagelabs[0]["height"]) == ("A cat in space", 512, 512)


async def test_a_cat_on_the_window_sill(imagelabs: list[Any], capsys: pytest.CaptureFixture[str]) -> None:
    from providers import ImageLabs, Messages

    # Создание списка сообщений
    messages = Messages(
        [
            {"role": "user", "content": "Сгенерируй изображение кота, сидящего на подоконнике."},
        ]
    )

    # Инициализация объекта ImageLabs
    image_labs = ImageLabs()

    # Создание асинхронного генератора изображений
    async_generator = image_labs.create_async_generator(
        model="sdxl-turbo",
        messages=messages,
        width=512,
        height=512,
    )

    # Получение сгенерированного изображения
    async for image_response in async_generator:
        assert isinstance(image_response, ImageResponse)
        print(f"URL изображения: {image_response.images[0]}")

    assert capsys.readouterr().out == f"URL изображения: {FINAL}\n"
    assert imagelabs[0]["prompt"] == "Сгенерируй изображение кота, сидящего на подоконнике."
