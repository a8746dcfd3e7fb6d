"""Filters and handlers run in the event loop."""

from tests.bot.handlers.conftest import World


async def test_nothing_is_asked_in_a_thread(world: World) -> None:
    handlers = [
        (router.name, handler)
        for router in world.dispatcher.chain_tail
        for observer in router.observers.values()
        for handler in observer.handlers
    ]
    assert len(handlers) > 100
    for router, handler in handlers:
        for asked in (handler, *(handler.filters or ())):
            assert asked.awaitable, f"{router}: aiogram would run {asked.callback!r} in a thread"
