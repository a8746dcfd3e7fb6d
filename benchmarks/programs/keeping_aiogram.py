"""The peer that keeps: the plain aiogram bot, which also decodes and stores as the floor that keeps does."""

import asyncio

import aiohttp
from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message
from keeping import Store, accept, begin, end, keep
from plain_aiogram import generate, placeholder, serve, show

router = Router()


@router.message(Command("imagine"))
async def imagine(message: Message, command: CommandObject, backend: aiohttp.ClientSession, store: Store) -> None:
    number, prompt = message.chat.id, command.args or ""
    await accept(store, number, prompt)
    shown = await placeholder(message, prompt)
    await begin(store, number, shown.message_id)
    picture = await generate(backend, prompt, shown)
    await keep(store, number, picture)
    await show(shown, prompt, picture)
    await end(store, number)


async def main() -> None:
    await serve(router, store=Store())


if __name__ == "__main__":
    asyncio.run(main())
