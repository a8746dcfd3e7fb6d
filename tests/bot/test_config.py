import base64
from datetime import timedelta
from pathlib import Path

import pytest

from bot.config import Settings, SettingsError, fixed_settings, load_settings
from bot.env_file import environment, unknown_settings
from bot.secret_box import SecretBox
from bot.settings_reference import env_example, reference

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def env_file(tmp_path: Path) -> Path:
    return tmp_path / ".env"


def test_the_environment_wins_over_the_file(env_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    env_file.write_text("MAX_JOBS=3\nMAX_JOBS_PER_USER=4\nHF_TOKEN=hf_file\n")
    monkeypatch.setenv("MAX_JOBS", "7")
    settings = load_settings(env_file)
    assert (settings.max_jobs, settings.max_jobs_per_user) == (7, 4)
    assert environment(env_file)["HF_TOKEN"] == "hf_file"


def test_empty_values_count_as_unset(env_file: Path) -> None:
    env_file.write_text("BOT_TOKEN=\nADMIN_IDS=\nMAX_JOBS=\n")
    settings = load_settings(env_file)
    assert settings.bot_token is None
    assert settings.admin_ids == frozenset()
    assert settings.max_jobs == 1000


def test_lists_and_durations_are_read_as_people_write_them(env_file: Path) -> None:
    env_file.write_text("ADMIN_IDS=1, 2 3\nALLOWED_CHATS=-1001234567890\nREQUEST_TTL=90m\nPICTURE_TTL=3600\n")
    settings = load_settings(env_file)
    assert settings.admin_ids == {1, 2, 3}
    assert settings.allowed_chats == {-1001234567890}
    assert settings.request_ttl == timedelta(minutes=90)
    assert settings.picture_ttl == timedelta(hours=1)


def test_all_mistakes_are_named_together_and_no_secret_is_shown(env_file: Path) -> None:
    env_file.write_text(
        "BOT_TOKEN=nonsense-secret\nMAX_JOBS=0\nHTTP_LISTEN=9090\nREQUEST_TTL=soon\nDATABASE_URL=mysql://x\n"
    )
    with pytest.raises(SettingsError) as caught:
        load_settings(env_file)
    text = str(caught.value)
    named = [line.split(":")[0] for line in text.splitlines()]
    assert sorted(named) == ["BOT_TOKEN", "DATABASE_URL", "HTTP_LISTEN", "MAX_JOBS", "REQUEST_TTL"]
    assert "nonsense-secret" not in text


def test_telegram_itself_delivers_to_https_only(env_file: Path) -> None:
    env_file.write_text("WEBHOOK_URL=http://bot.example/hook\n")
    with pytest.raises(SettingsError, match="WEBHOOK_URL"):
        load_settings(env_file)
    env_file.write_text("WEBHOOK_URL=http://127.0.0.1:1/hook\nTELEGRAM_API_URL=http://127.0.0.1:8081\n")
    assert load_settings(env_file).webhook_url == "http://127.0.0.1:1/hook"


def test_own_keys_need_a_secret(env_file: Path) -> None:
    env_file.write_text("ALLOW_OWN_KEYS=true\n")
    with pytest.raises(SettingsError, match=r"OWN_KEYS_SECRET: ALLOW_OWN_KEYS needs it.*openssl rand -base64 32"):
        load_settings(env_file)
    env_file.write_text("ALLOW_OWN_KEYS=true\nOWN_KEYS_SECRET=hush-hush\n")
    with pytest.raises(SettingsError, match="OWN_KEYS_SECRET: give 32 random bytes in base64") as caught:
        load_settings(env_file)
    assert "hush" not in str(caught.value)
    first, second = base64.b64encode(b"\xfb" * 32).decode(), base64.urlsafe_b64encode(b"\xff" * 32).decode()
    env_file.write_text(f"ALLOW_OWN_KEYS=true\nOWN_KEYS_SECRET={first}, {second}\n")
    settings = load_settings(env_file)
    assert settings.box_keys == [first.replace("+", "-").replace("/", "_"), second]
    assert set(settings.box_keys) <= set(settings.secrets())
    SecretBox(settings.box_keys)


def test_fixed_settings_look_at_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MAX_JOBS", "7")
    (tmp_path / ".env").write_text("MAX_JOBS=8")
    monkeypatch.chdir(tmp_path)
    assert Settings().max_jobs == 1000


def test_secrets_hide_in_every_form(env_file: Path) -> None:
    env_file.write_text("BOT_TOKEN=123456:ABCDEFGHIJKLMNOP\nPROXY_URL=http://me:hush@proxy:1\n")
    settings = load_settings(env_file)
    assert "ABCDEFGHIJKLMNOP" not in repr(settings) + str(settings)
    assert settings.secrets() == ["123456:ABCDEFGHIJKLMNOP", "http://me:hush@proxy:1"]


def test_the_example_file_and_the_reference_are_made_from_the_class() -> None:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert text == env_example(), "run `python -m bot.config`"
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert page == reference(), "run `python -m bot.config`"
    for name in Settings.model_fields:
        assert f"#{name.upper()}=" in text


def test_the_example_file_loads_when_everything_is_uncommented(env_file: Path) -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    env_file.write_text(
        "\n".join(line[1:] for line in lines if line.startswith("#") and line[1:2].isupper() and "=" in line)
    )
    assert load_settings(env_file).model_dump() == Settings().model_dump()


def test_a_list_of_words_that_cannot_be_read_is_a_mistake(env_file: Path, tmp_path: Path) -> None:
    env_file.write_text(f"BLOCKED_WORDS_FILE={tmp_path / 'missing.txt'}\n")
    with pytest.raises(SettingsError, match=r"BLOCKED_WORDS_FILE: .*missing\.txt cannot be read: No such file"):
        load_settings(env_file)
    (tmp_path / "latin.txt").write_bytes("gête".encode("latin-1"))
    env_file.write_text(f"BLOCKED_WORDS_FILE={tmp_path / 'latin.txt'}\n")
    with pytest.raises(SettingsError, match="UTF-8"):
        load_settings(env_file)
    (tmp_path / "words.txt").write_text("# none\ngore\n")
    env_file.write_text(f"BLOCKED_WORDS_FILE={tmp_path / 'words.txt'}\n")
    assert load_settings(env_file).blocked_words_file == tmp_path / "words.txt"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("ADMIN_IDS=@bob, 12, 1x\n", "ADMIN_IDS: @bob, 1x: no id; give numbers, separated by commas"),
        ("PROXY_URL=proxy.example:3128\n", "PROXY_URL: should be the http:// address of a proxy"),
        ("PROXY_URL=ftp://proxy:1\n", "PROXY_URL: should be the http:// address of a proxy"),
        ("PROXY_URL=socks5://proxy:1080\n", "PROXY_URL: is a socks5:// address, and models are reached through http"),
        ("PROXY_URL=http://proxy:port\n", "PROXY_URL: should be the http:// address of a proxy"),
        ("WEBHOOK_URL=https://bot.example:port/x\n", "WEBHOOK_URL: give an address"),
        ("MAX_JOBS=many\n", "MAX_JOBS: give a whole number"),
        ("DAILY_COST=lots\n", "DAILY_COST: give a number"),
        ("MAX_JOBS=0\n", "MAX_JOBS: give at least 1"),
        ("LOG_LEVEL=LOUD\n", "LOG_LEVEL: give DEBUG, INFO, WARNING or ERROR"),
        ("REQUEST_TTL=²\n", "REQUEST_TTL: give a number of seconds"),
        ("HTTP_LISTEN=127.0.0.1:²\n", "HTTP_LISTEN: give host:port"),
        ("OPENAI_API_KEY=sk-a…b\n", r"OPENAI_API_KEY: there is U\+2026"),
    ],
)
def test_mistakes_are_told_in_our_own_words(env_file: Path, text: str, told: str) -> None:
    env_file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=told):
        load_settings(env_file)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("BOT_TOKEN: 123\n", "line 1: is not understood; write NAME=value"),
        ("MAX_JOBS=1\n\nDAILY_LIMIT\n", "line 3: DAILY_LIMIT has no value"),
        ("BOT_TOKEN=“123456:ABCDEFGHIJ”\n", r"U\+201C \(LEFT DOUBLE QUOTATION MARK\) stands around the value"),
        ("MAX_JOBS=1\u200b\n", r"line 1, column 11: U\+200B"),
    ],
)
def test_a_line_that_is_not_understood_is_named(env_file: Path, text: str, told: str) -> None:
    env_file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=told):
        load_settings(env_file)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le"])
def test_a_file_of_windows_editors_is_read(env_file: Path, encoding: str) -> None:
    env_file.write_bytes('MAX_JOBS=3\r\nexport DAILY_LIMIT="5" # a comment\r\n'.encode(encoding))
    settings = load_settings(env_file)
    assert (settings.max_jobs, settings.daily_limit) == (3, 5)


def test_a_key_that_echo_made_loses_its_line_end(env_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-key\n")
    monkeypatch.setenv("MINE", " mine\r\n")
    key = load_settings(env_file).openai_api_key
    assert key is not None
    assert key.get_secret_value() == "sk-key"
    assert environment(env_file)["MINE"] == "mine"


def test_unknown_names_are_told_with_the_nearest(env_file: Path) -> None:
    env_file.write_text("ALOWED_CHATS=5\nPOSTGRES_PASSWORD=x\nCOMPOSE_FILE=x\nMINE=x\nSOMETHING=1\n")
    of_others = {"PATH": "/bin", "TEST_DATABASE_URL": "postgresql://", "BOT_TOKEN_FILE": "token"}
    found = unknown_settings(
        Settings.model_fields, used=["MINE"], env_file=env_file, variables={"DAYLY_LIMIT": "1", **of_others}
    )
    assert {name.name: name.nearest for name in found} == {
        "ALOWED_CHATS": "ALLOWED_CHATS",
        "DAYLY_LIMIT": "DAILY_LIMIT",
        "SOMETHING": None,
    }


@pytest.mark.parametrize(
    "values",
    [
        {"prompt_model_url": "http://127.0.0.1:11434/v1"},
        {"prompt_model": "small"},
        {"prompt_model_url": "http://me:secret@host/v1", "prompt_model": "small"},
        {"prompt_model_url": "ftp://host", "prompt_model": "small"},
    ],
)
def test_a_chat_model_for_prompts_needs_an_address_and_a_name(values: dict[str, object]) -> None:
    with pytest.raises(SettingsError, match="PROMPT_MODEL") as refused:
        fixed_settings(**values)
    assert "secret" not in str(refused.value)
    assert fixed_settings(prompt_model_url="http://127.0.0.1:11434/v1", prompt_model="small").prompt_model == "small"
