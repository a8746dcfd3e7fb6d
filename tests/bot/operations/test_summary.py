"""The line with which a bot begins its log."""

from bot.config import fixed_settings
from bot.operations.summary import database_name, program, start_line
from tests.running import quick_sketch


def test_the_line_of_a_start() -> None:
    line = start_line(fixed_settings(), quick_sketch(), "foxbot")
    assert line == f"{program()}: @foxbot, polling, sqlite data/imagine.db, 1 model, open to everyone"


def test_other_ways_to_run() -> None:
    settings = fixed_settings(
        webhook_url="https://bot.example/hook",
        database_url="postgresql://me:hush@db.example:5433/imagine?sslmode=require",
        allowed_chats={1},
    )
    line = start_line(settings, quick_sketch(), None)
    assert "Telegram not reached yet, webhook https://bot.example/hook, postgresql db.example:5433/imagine" in line
    assert line.endswith("open to 1 user or group")
    assert "hush" not in line
    assert database_name("postgresql:///imagine") == "postgresql localhost/imagine"
