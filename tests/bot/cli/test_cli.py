"""The command line as scripts see it: what stands where, and the exit codes."""

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from bot.config import Settings
from tests.bot.cli import forked
from tests.providers.servers.workflows import stock

ONE_MODEL = """
builtin = false
[models.mine]
provider = "sketch"
pace = 0
"""


@pytest.fixture
def imagine(tmp_path: Path) -> "Imagine":
    return Imagine(tmp_path)


class Imagine:
    """Runs the command in an empty folder, with no settings but those given."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        kept = {key: value for key, value in os.environ.items() if key.lower() not in Settings.model_fields}
        self.environment = {**kept, "PYTHONPATH": str(Path(__file__).parents[3])}

    def __call__(self, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(
            arguments, *forked.command(arguments, self.folder, {**self.environment, **settings})
        )

    def program(self, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """Likewise, as a program, which takes longer to load."""
        return subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            cwd=self.folder,
            env={**self.environment, **settings},
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )


def only_line(text: str) -> str:
    (line,) = text.splitlines()
    return line


def test_help_and_version(imagine: Imagine) -> None:
    helped = imagine.program("--help")
    assert helped.returncode == 0
    for command in ("run", "worker", "sandbox", "migrate", "check", "models", "generate"):
        assert command in helped.stdout
    assert imagine.program("--version").stdout.startswith("imagine-bot ")


def test_run_without_a_token_says_how_to_get_one(imagine: Imagine) -> None:
    told = imagine.program("run")
    assert told.returncode == 2
    assert "@BotFather" in told.stderr
    assert "sandbox" in told.stderr
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize("arguments", [("worker",), ("run", "--no-draw")])
def test_workers_need_postgresql(imagine: Imagine, arguments: tuple[str, ...]) -> None:
    told = imagine(*arguments, BOT_TOKEN="123456:ABC-DEF1234567")
    assert told.returncode == 2
    assert "needs PostgreSQL; with SQLite `imagine-bot run` draws by itself" in told.stderr


def test_wrong_settings_are_named_all_together(imagine: Imagine) -> None:
    told = imagine("run", BOT_TOKEN="secret-nonsense", MAX_JOBS="none")
    assert told.returncode == 2
    assert "BOT_TOKEN" in told.stderr
    assert "MAX_JOBS" in told.stderr
    assert "secret-nonsense" not in told.stderr
    assert "Traceback" not in told.stderr


def test_a_mistake_in_the_catalogue_is_one_line(imagine: Imagine) -> None:
    (imagine.folder / "models.toml").write_text("[models.x]\nprovider = 'nothing'\n")
    told = imagine("models", MODELS_FILE="models.toml")
    assert told.returncode == 2
    assert "models.toml: models.x.provider" in only_line(told.stderr)


def test_an_unknown_default_model_stops_the_start(imagine: Imagine) -> None:
    told = imagine("run", BOT_TOKEN="123456:ABCDEFGHIJKLMNOP", DEFAULT_MODEL="nothing")
    assert told.returncode == 2
    assert "schnell" in only_line(told.stderr)


def test_models_lists_them_each_on_its_own(imagine: Imagine) -> None:
    listed = imagine("models")
    assert listed.returncode == 0
    firsts = {line.split()[0] for line in listed.stdout.splitlines() if line and not line.startswith(" ")}
    assert {"sd35", "schnell", "flux-dev", "flux-dev-roxky", "janus", "g4f-flux", "imagelabs", "sketch"} <= firsts


def test_models_shows_where_a_request_goes_in_a_workflow(imagine: Imagine) -> None:
    (imagine.folder / "portraits.json").write_text(json.dumps(stock()))
    told = imagine("models", "--workflow", "portraits.json")
    assert told.returncode == 0, told.stderr
    lines = told.stdout.splitlines()
    assert "negative: 7 CLIPTextEncode 'CLIP Text Encode (Prompt)', input text" in lines
    assert "picture: nowhere" in lines
    (imagine.folder / "portraits.json").write_text("{}")
    refused = imagine("models", "--workflow", "portraits.json")
    assert refused.returncode == 2
    assert "use the editor's menu: Workflow, Export (API)" in only_line(refused.stderr)


def test_generate_writes_the_picture(imagine: Imagine) -> None:
    done = imagine.program("generate", "a fox in the snow", "--model", "sketch", "--size", "256x192", "-o", "fox.png")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "fox.png"
    with Image.open(imagine.folder / "fox.png") as image:
        assert (image.format, image.size) == ("PNG", (256, 192))


def test_generate_several_and_the_default_model(imagine: Imagine) -> None:
    (imagine.folder / "models.toml").write_text(ONE_MODEL)
    done = imagine("generate", "a fox", "-n", "2", "-o", "fox.jpg", "--seed", "5", MODELS_FILE="models.toml")
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["fox-1.jpg", "fox-2.jpg"]
    with Image.open(imagine.folder / "fox-2.jpg") as image:
        assert image.format == "JPEG"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--model", "nothing"), "schnell"),
        (("--model", "sketch", "--size", "big"), "--size"),
        (("--model", "sketch", "--ar", "7:1"), "16:9"),
        (("--model", "sketch", "--size", "\u00b3x\u00b3"), "--size"),
        (("--model", "sketch", "--seed", "many"), "--seed"),
        (("--model", "sketch", "-o", "fox.txt"), ".png"),
        (("--model", "sketch", "--size", "1x1"), "64x64"),
    ],
)
def test_generate_with_bad_input_is_wrong_usage(imagine: Imagine, arguments: tuple[str, ...], told: str) -> None:
    done = imagine("generate", "a fox", *arguments)
    assert done.returncode == 2
    assert told in only_line(done.stderr)


def test_generate_reads_values_as_the_chat_does(imagine: Imagine) -> None:
    """`16/9` for a ratio, `--n` as in a prompt; what is not used beside something else is said."""
    (imagine.folder / "models.toml").write_text(ONE_MODEL)
    more = ("--ar", "16/9", "--n", "1", "--cfg", "7", "-o", "o.png")
    done = imagine("generate", "a fox", *more, MODELS_FILE="models.toml")
    assert done.returncode == 0, done.stderr
    assert "mine does not take --cfg" in done.stderr
    with Image.open(imagine.folder / "o.png") as image:
        assert image.width > image.height
    again = imagine("generate", "a fox", "--ar", "1:1", "--size", "96x64", "-o", "p.png", MODELS_FILE="models.toml")
    assert "--size is given, so --ar is not used" in again.stderr
    with Image.open(imagine.folder / "p.png") as image:
        assert image.size == (96, 64)


EDITOR = """
import io
from pathlib import Path
from PIL import Image
from providers import ImageResponse, Provider
from providers.capabilities import Capabilities
from providers.pictures.encoded import data_url

class Editor(Provider):
    label = "Editor"
    offline = True
    models = default_model = "editor"
    capabilities = Capabilities(frozenset({"image"}), input_images=2, edits=True)

    async def _draw(self, request, session):
        colors = [Image.open(io.BytesIO(image)).convert("RGB").getpixel((5, 5)) for image in request.images]
        Path("asked.txt").write_text(repr((request.prompt, colors)))
        body = io.BytesIO()
        Image.new("RGB", (64, 48)).save(body, "PNG")
        yield ImageResponse([data_url(body.getvalue(), "image/png")])
"""


def test_generate_edits_several_pictures_in_their_order(imagine: Imagine) -> None:
    (imagine.folder / "editor_of_mine.py").write_text(EDITOR)
    (imagine.folder / "models.toml").write_text(
        'builtin = false\n[models.editor]\nprovider = "editor_of_mine:Editor"\n'
    )
    for name, color in (("a.png", "#ff0000"), ("b.png", "#0000ff")):
        Image.new("RGB", (32, 24), color).save(imagine.folder / name)
    words = "put the cat of the first into the second"
    given = ("--image", "a.png", "--image", "b.png", words, "-o", "c.png")
    done = imagine("generate", *given, MODELS_FILE="models.toml")
    assert done.returncode == 0, done.stderr
    asked, (first, second) = ast.literal_eval((imagine.folder / "asked.txt").read_text())
    assert asked == words
    assert first[0] > 200 > 50 > first[2]
    assert second[2] > 200 > 50 > second[0]
    with Image.open(imagine.folder / "c.png") as image:
        assert image.size == (64, 48)


def test_a_prompt_that_is_not_utf_8_is_one_line(imagine: Imagine) -> None:
    done = subprocess.run(
        [sys.executable.encode(), b"-m", b"bot", b"generate", b"f\xe4x", b"--model", b"sketch"],
        cwd=imagine.folder,
        env={**imagine.environment, "LC_ALL": "C.UTF-8"},
        capture_output=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 2
    assert "UTF-8" in only_line(done.stderr.decode())


def test_generate_fails_when_the_back_end_does(imagine: Imagine) -> None:
    (imagine.folder / "models.toml").write_text('[models.imagelabs]\nurl = "http://127.0.0.1:9"\n')
    done = imagine("generate", "a fox", "--model", "imagelabs", MODELS_FILE="models.toml")
    assert done.returncode == 1
    assert "127.0.0.1" in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr
    assert not (imagine.folder / "out.png").exists()


def test_migrate_makes_the_database(imagine: Imagine) -> None:
    assert imagine("migrate", DATABASE_URL="sqlite:///some/where.db").returncode == 0
    assert (imagine.folder / "some" / "where.db").is_file()
    assert imagine("migrate", DATABASE_URL="sqlite:///some/where.db").returncode == 0


def test_misspelt_settings_are_named_by_run_and_check(imagine: Imagine) -> None:
    (imagine.folder / ".env").write_text("ALOWED_CHATS=5\nPOSTGRES_PASSWORD=x\nMY_KEY=x\n")
    (imagine.folder / "models.toml").write_text(ONE_MODEL + 'api_key = "env:MY_KEY"\n')
    told = imagine("run", DAYLY_LIMIT="5", MODELS_FILE="models.toml").stderr
    assert "ALOWED_CHATS is no setting and has no effect; did you mean ALLOWED_CHATS?" in told
    assert "DAYLY_LIMIT is no setting and has no effect; did you mean DAILY_LIMIT?" in told
    assert "POSTGRES_PASSWORD" not in told
    assert "MY_KEY" not in told
    assert "ALOWED_CHATS" in imagine("check", MODELS_FILE="models.toml").stdout


def test_a_default_model_that_cannot_draw_fails_the_check(imagine: Imagine) -> None:
    (imagine.folder / "models.toml").write_text(ONE_MODEL)
    checked = imagine("check", "--json", MODELS_FILE="models.toml", DEFAULT_MODEL="nothing")
    assert checked.returncode == 1
    found = {finding["what"]: finding for finding in json.loads(checked.stdout)["findings"]}
    assert found["Default model"]["verdict"] == "failed"
    assert found["Access"]["detail"].startswith("open to everyone")


def test_a_password_for_migrate_need_not_show(imagine: Imagine) -> None:
    """By `@file`, standard input or a variable; on the command line it is warned of."""
    url = "postgresql://bot:hush-hush@127.0.0.1:9/bot"
    (imagine.folder / "url.txt").write_text(url + "\r\n")
    by_file = imagine("migrate", "--from", "@url.txt", "--to", "sqlite:///new.db")
    by_variable = imagine("migrate", "--to", "sqlite:///new.db", MIGRATE_FROM=url)
    shown = imagine("migrate", "--from", url, "--to", "sqlite:///new.db")
    for done in (by_file, by_variable, shown):
        assert done.returncode == 1
        assert "the database is not available" in done.stderr
        assert "hush-hush" not in done.stderr + done.stdout
    assert "the password in --from shows in the list of processes; use --from - or --from @file" in shown.stderr
    assert "list of processes" not in by_file.stderr


def test_files_that_windows_editors_write(imagine: Imagine) -> None:
    (imagine.folder / ".env").write_text('MODELS_FILE="models.toml"\r\nMAX_JOBS=none\r\n', encoding="utf-16")
    (imagine.folder / "models.toml").write_text(ONE_MODEL.replace("\n", "\r\n"), encoding="utf-8-sig")
    told = imagine("models")
    assert only_line(told.stderr) == "imagine-bot: MAX_JOBS: give a whole number"
    (imagine.folder / ".env").write_text("MODELS_FILE=models.toml\n", encoding="utf-16")
    assert imagine("models").stdout.splitlines()[1].split()[0] == "mine"
    (imagine.folder / "models.toml").write_text(ONE_MODEL.replace('"', "\u201d"), encoding="utf-8")
    told = imagine("models")
    assert 'U+201D (RIGHT DOUBLE QUOTATION MARK); write "' in only_line(told.stderr)


def test_check_says_what_is_wrong(imagine: Imagine) -> None:
    (imagine.folder / "models.toml").write_text(ONE_MODEL)
    checked = imagine(
        "check",
        MODELS_FILE="models.toml",
        BOT_TOKEN="123456:ABCDEFGHIJKLMNOP",
        TELEGRAM_API_URL="http://127.0.0.1:9",
    )
    assert checked.returncode == 1
    told = {line.split()[0]: line for line in checked.stdout.splitlines() if line}
    assert "failed" in told["Telegram"]
    assert "ok" in told["Database"]
    assert "up" in next(line for line in checked.stdout.splitlines() if line.startswith("mine"))
    assert "ABCDEFGHIJKLMNOP" not in checked.stdout + checked.stderr


def test_data_that_cannot_be_kept_there_is_one_line(imagine: Imagine) -> None:
    (imagine.folder / "taken").write_text("a file")
    told = imagine("sandbox", "--listen", "127.0.0.1:0", "--data", "taken/data")
    assert told.returncode == 1
    assert only_line(told.stderr) == "imagine-bot: taken/data/world.json: Not a directory"


def test_the_sandbox_says_when_its_address_is_taken(imagine: Imagine) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = imagine("sandbox", "--listen", f"127.0.0.1:{taken.getsockname()[1]}")
    assert done.returncode == 1
    assert "--listen" in only_line(done.stderr)


def test_stats_of_a_database(imagine: Imagine, tmp_path: Path) -> None:
    import asyncio

    from bot.clock import SystemClock
    from storage import Database
    from storage.records import RequestState
    from tests.storage.stage import ask

    async def fill() -> None:
        clock = SystemClock()
        db = await Database.open(f"sqlite:///{tmp_path}/data/imagine.db", clock_now=clock.now)
        request, _ = await ask(db, requester_id=7)
        async with db.transaction() as unit:
            await unit.requests.finish(request.id, RequestState.FAILED, reason="quota", detail="429: later")
        await db.close()

    asyncio.run(fill())
    (tmp_path / "models.toml").write_text(ONE_MODEL)
    told = json.loads(imagine("stats", "--days", "7", "--json", MODELS_FILE="models.toml").stdout)
    assert told["requests"] == {"failed": 1}
    assert told["failures"] == {"quota": 1}
    assert told["people"] == {"active": 1, "new": 1}
    assert told["newest_failures"][0]["detail"] == "429: later"
    printed = imagine("stats", MODELS_FILE="models.toml").stdout
    for line in (r"failed +1", r"sketch +1", r"quota +1", r"active +1"):
        assert re.search(line, printed), line
    wrong = imagine("stats", "--days", "3", MODELS_FILE="models.toml")
    assert (wrong.returncode, wrong.stderr) == (2, "imagine-bot: --days is 1, 7 or 30\n")


def test_the_ledger_of_a_database(imagine: Imagine, tmp_path: Path) -> None:
    import asyncio
    import contextlib
    import sqlite3

    from bot.clock import SystemClock
    from storage import Database
    from storage.records import NewPayment, OfferKind

    url = f"sqlite:///{tmp_path}/ledger.db"

    async def sell() -> None:
        db = await Database.open(url, clock_now=SystemClock().now)
        async with db.transaction() as unit:
            offer = await unit.credits.offer(7, OfferKind.PACK, 50, 1_500_000)
            await unit.credits.pay(NewPayment("charge", 7, 50, offer.id))
        await db.close()

    asyncio.run(sell())
    printed = imagine("stats", "--ledger", DATABASE_URL=url)
    assert printed.returncode == 0
    assert "The ledger balances." in printed.stdout
    assert re.search(r"stars +-1.5 ", printed.stdout)
    told = json.loads(imagine("stats", "--ledger", "--json", DATABASE_URL=url).stdout)
    assert (told["sum"], told["bought"], told["balances"]) == (0, 1_500_000, True)
    with contextlib.closing(sqlite3.connect(tmp_path / "ledger.db")) as raw, raw:
        raw.execute("UPDATE credit_ledger SET amount = amount + 1 WHERE account = 'paid'")
    broken = imagine("stats", "--ledger", DATABASE_URL=url)
    assert broken.returncode == 1
    assert re.search(r"unbalanced +1 movements", broken.stdout)
    assert re.search(r"wrong balances +1 people", broken.stdout)
    assert "does NOT balance" in broken.stdout


@pytest.mark.parametrize(
    ("unbuffered", "arguments"),  # as in the container, or as elsewhere
    [
        ("1", ("models",)),
        ("", ("models", "--choices", "mine")),
        ("1", ("stats",)),
        ("", ("stats", "--json")),
        ("", ("--help",)),
    ],
)
def test_a_closed_pipe_ends_a_command_quietly(imagine: Imagine, unbuffered: str, arguments: tuple[str, ...]) -> None:
    """As `head` closes it, and as other programs end."""
    chosen = 'builtin = false\n[models.mine]\nprovider = "automatic1111"\nurl = "http://127.0.0.1:9"\n'
    (imagine.folder / "models.toml").write_text(f'{chosen}choices = {{ sampler = ["Euler"] }}\n')
    settings = {"MODELS_FILE": "models.toml", "DATABASE_URL": f"sqlite:///{imagine.folder}/imagine.db"}
    if arguments[0] == "stats":
        assert imagine("migrate", **settings).returncode == 0
    reader, writer = os.pipe()
    os.close(reader)
    try:
        ended = subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            cwd=imagine.folder,
            env={**imagine.environment, **settings, "PYTHONUNBUFFERED": unbuffered},
            stdout=writer,
            stderr=subprocess.PIPE,
            text=True,
            timeout=100,
            check=False,
        )
    finally:
        os.close(writer)
    assert (ended.returncode, ended.stderr) == (141, "")
