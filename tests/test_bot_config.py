"""The settings: what is taken, and that each value that can't be used is named in both languages."""

import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.config import BotSettings, SandboxSettings
from qualify.errors import InvalidInput
from qualify.paths import STANDARDS
from qualify.services import Context
from qualify.services.people import joining
from qualify.settings import Settings, load_settings
from qualify.standard import shipped
from qualify.storage import Database
from qualify.storage.schema import downgrade, migrate
from qualify.texts import LANGUAGES, say
from tests.driver import ZONE, new_sandbox, open_company, sqlite_url

TOKEN = "123456:abc_DEF-ghi"
NAMES = (
    *("BOT_TOKEN", "DATABASE_URL", "STANDARDS_DIR", "TIMEZONE", "LOG_LEVEL", "PORT"),
    *("TELEGRAM_BASE_URL", "TELEGRAM_BASE_FILE_URL", "TELEGRAM_PROXY"),
    *("WEBHOOK_URL", "WEBHOOK_SECRET", "WEBHOOK_LISTEN", "WEBHOOK_PORT", "NOTICES_PER_SECOND"),
)


@pytest.fixture(autouse=True)
def _a_bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def taken_port(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """PORT leads to a port that somebody else has: a sandbox gets as far as that, and no further."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        monkeypatch.setenv("PORT", str(taken.getsockname()[1]))
        yield taken.getsockname()[1]


@pytest.mark.parametrize(
    ("name", "value", "cls"),
    [
        ("BOT_TOKEN", "no token", BotSettings),
        ("BOT_TOKEN", "123456", BotSettings),
        ("TELEGRAM_BASE_URL", "api.telegram.org/bot", BotSettings),
        ("TELEGRAM_BASE_FILE_URL", "ftp://x", BotSettings),
        ("TELEGRAM_PROXY", "socks5://127.0.0.1:1080", BotSettings),
        ("WEBHOOK_URL", "http://bot.example.org", BotSettings),
        ("WEBHOOK_SECRET", "with spaces", BotSettings),
        ("WEBHOOK_PORT", "0", BotSettings),
        ("WEBHOOK_PORT", "many", BotSettings),
        ("NOTICES_PER_SECOND", "0", BotSettings),
        ("NOTICES_PER_SECOND", "1001", BotSettings),
        ("NOTICES_PER_SECOND", "2.5", BotSettings),
        ("NOTICES_PER_SECOND", "fast", BotSettings),
        ("PORT", "65536", SandboxSettings),
        ("TIMEZONE", "Mars/Olympus", SandboxSettings),
        ("TIMEZONE", "/etc/passwd", SandboxSettings),
        ("STANDARDS_DIR", "not/here", SandboxSettings),
        ("LOG_LEVEL", "LOUD", SandboxSettings),
        ("LOG_LEVEL", "NOTSET", SandboxSettings),
    ],
)
def test_a_value_that_cannot_be_used_is_named_in_both_languages(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, cls: type[Settings]
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(InvalidInput) as caught:
        load_settings(cls)
    sentences = {say(language, caught.value.key, **caught.value.values) for language in LANGUAGES}
    assert len(sentences) == len(LANGUAGES)
    assert all(name in sentence for sentence in sentences)
    secret = "TOKEN" in name or "SECRET" in name
    assert all((value in sentence) is not secret for sentence in sentences)


def test_without_a_token_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BOT_TOKEN")
    monkeypatch.setattr("sys.argv", ["qualify-bot", "run"])
    with pytest.raises(SystemExit, match="请设置环境变量 BOT_TOKEN"):
        main()


def test_standards_with_faults_are_told_line_by_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    file = tmp_path / "standards" / "x" / "v1.yaml"
    file.parent.mkdir(parents=True)
    file.write_text("id: x\n", encoding="utf-8")
    monkeypatch.setenv("STANDARDS_DIR", str(tmp_path / "standards"))
    monkeypatch.setattr("sys.argv", ["qualify-bot", "run"])
    with pytest.raises(SystemExit, match=f"{file}:1: 最外层缺少“version”"):
        main()


def test_the_made_up_company_never_meets_the_real_telegram(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    open_company(sqlite_url(tmp_path), new_sandbox()).database.close()
    monkeypatch.setenv("DATABASE_URL", sqlite_url(tmp_path))
    monkeypatch.setattr("sys.argv", ["qualify-bot", "run"])
    with pytest.raises(SystemExit, match="示例公司"):
        main()


def test_the_sandbox_refuses_a_real_company_whatever_the_file_says_and_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, taken_port: int
) -> None:
    file = tmp_path / "company.sqlite3"
    company = Database(f"sqlite:///{file}")
    migrate(company)
    joining.meet(Context(company, shipped(STANDARDS), ZONE), 4242, "zh")
    downgrade(company, "0002")
    company.close()
    before = contents(file)
    (tmp_path / ".env").write_text(f"DATABASE_URL=sqlite:///{file}\n", encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["qualify-bot", "sandbox"])
    with pytest.raises(SystemExit, match="不是沙盒的示例公司"):
        main()
    assert contents(file) == before


def contents(file: Path) -> list[str]:
    """All that is in an SQLite file, its tables too."""
    with closing(sqlite3.connect(file)) as connection:
        return list(connection.iterdump())


def test_a_port_that_is_taken_is_said_with_a_way_out(monkeypatch: pytest.MonkeyPatch, taken_port: int) -> None:
    monkeypatch.setattr("sys.argv", ["qualify-bot", "sandbox"])
    with pytest.raises(SystemExit, match=f"端口 {taken_port} 已被占用.*PORT={taken_port + 1}"):
        main()


def test_empty_values_mean_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES[1:]:
        monkeypatch.setenv(name, "")
    settings = load_settings(BotSettings)
    assert settings.telegram_base_url == "https://api.telegram.org/bot"
    assert (settings.webhook_url, settings.webhook_secret, settings.telegram_proxy) == (None, None, None)
    assert settings.notices_per_second == 20
    assert (settings.webhook_port, load_settings(SandboxSettings).port) == (8443, 8080)


def test_a_file_next_to_it_gives_the_settings_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BOT_TOKEN")
    (tmp_path / ".env").write_text("BOT_TOKEN=7:from_the_file\nLOG_LEVEL=debug\nSOMETHING_ELSE=1\n", encoding="utf-8")
    settings = load_settings(BotSettings)
    assert (settings.bot_token.get_secret_value(), settings.log_level) == ("7:from_the_file", "DEBUG")


def test_the_webhooks_secret_follows_from_the_token_unless_it_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    derived = load_settings(BotSettings).webhook_secret_token()
    assert len(derived) == 64
    assert "abc" not in derived
    monkeypatch.setenv("WEBHOOK_SECRET", "my-own_1")
    assert load_settings(BotSettings).webhook_secret_token() == "my-own_1"


def test_a_printed_setting_does_not_show_its_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBHOOK_SECRET", "my-own_1")
    printed = repr(load_settings(BotSettings))
    assert "abc_DEF" not in printed
    assert "my-own" not in printed
