"""`.env.example` and `docs/configuration.md`, written from the settings by `python -m bot.config`."""

from datetime import timedelta
from pathlib import Path

from pydantic_core import PydanticUndefined

from bot.config import Settings

# Each group begins with this setting and goes on to the next group's; with the page that explains it.
GROUPS = {
    "bot_token": ("Telegram", "[Webhook](operations.md#webhook-behind-a-proxy)"),
    "allowed_chats": (
        "Access",
        (
            "[Who may use it](security.md#who-may-use-it), [groups](groups.md), "
            "[own keys](models.md#peoples-own-keys), [output check](output-check.md), "
            "[signed files](operations.md#signed-files)"
        ),
    ),
    "daily_limit": ("Limits", "[Costs and budgets](models.md#costs-and-budgets), [security](security.md#costs)"),
    "credits": ("Credits", "[Credits and Telegram Stars](credits.md)"),
    "models_file": (
        "Models",
        "[Models and back-ends](models.md), [prompt help](prompt-help.md), [voice messages](voice.md)",
    ),
    "database_url": ("Storage", "[Many machines, backups](operations.md)"),
    "log_level": ("Logs and monitoring", "[Monitoring](operations.md#monitoring)"),
}

INTRODUCTION = """# Settings

Settings come from environment variables or from a file named `.env` in the working directory. The environment wins,
and an empty value counts as unset. They are read once, at the start: restart the bot after a change.
`imagine-bot check` says whether they are valid. It reports a name that is no setting, with the nearest setting.

In `.env`:

```
# one NAME=value per line; this is a comment
BOT_TOKEN=123456:ABC-DEF...
ALLOWED_CHATS=12345678,-1001234567890
export DAILY_LIMIT="50"
```

Quotes, `export`, Windows line ends, a byte order mark and UTF-16 work. White space around a value is removed.
`${OTHER}` is replaced by the value of that variable. Docker's `--env-file` is simpler: it takes quotes and `export`
literally, so leave them out there.

A duration is a number of seconds, or has a unit: `90s`, `15m`, `1h`, `7d`. Ids are numbers, those of groups negative:
[how to find an id](troubleshooting.md#the-bot-does-not-answer-in-a-group).
"""


def env_example() -> str:
    """The text of `.env.example`."""
    lines = ["# Copy this file to .env and fill in what you need. The environment wins over the file.", ""]
    for name, field in Settings.model_fields.items():
        if name in GROUPS:
            lines += [f"# ---- {GROUPS[name][0]} ----", ""]
        example = f" Example: {field.examples[0]}" if field.examples else ""
        lines += [f"# {field.description}{example}", f"#{name.upper()}={_shown(field.default)}", ""]
    return "\n".join(lines)


def reference() -> str:
    """The text of `docs/configuration.md`."""
    parts = [INTRODUCTION]
    for name, field in Settings.model_fields.items():
        if name in GROUPS:
            title, links = GROUPS[name]
            head = f"## {title}\n\n{links}\n\n| setting | default | what it does | example |\n| --- | --- | --- | --- |"
            parts.append(f"\n{head}\n")
        example = field.examples[0] if field.examples else ""
        row = (f"`{name.upper()}`", _code(_shown(field.default)), field.description or "", _code(str(example)))
        parts.append(f"| {' | '.join(row)} |\n")
    return "".join(parts)


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


def _shown(default: object) -> str:
    if isinstance(default, timedelta):
        days, hours = divmod(int(default.total_seconds()) // 3600, 24)
        return f"{days}d" if days else f"{hours}h"
    if default is None or default is PydanticUndefined or default in (frozenset(), ()):
        return ""
    return f"{default:g}" if isinstance(default, float) else str(default)


if __name__ == "__main__":
    Path(".env.example").write_text(env_example(), encoding="utf-8")
    Path("docs/configuration.md").write_text(reference(), encoding="utf-8")
