"""The settings of the command line, the bot and the sandbox: what is taken, and how each fault is named."""

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.config import BotSettings, SandboxSettings
from qualify.errors import InvalidInput
from qualify.paths import STANDARDS
from qualify.settings import Settings, load_settings
from qualify.statistics import SignRules
from qualify.texts import LANGUAGES, say
from qualify.workflow import Rules

TOKEN = "123456:abc_DEF-ghi"
FIELDS = BotSettings.model_fields | SandboxSettings.model_fields


@pytest.fixture(autouse=True)
def _nothing_is_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in FIELDS:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def refusal(cls: type[Settings]) -> dict[str, str]:
    """The sentence that refuses the settings, by language."""
    with pytest.raises(InvalidInput) as caught:
        load_settings(cls)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__
    return {language: say(language, caught.value.key, **caught.value.values) for language in LANGUAGES}


def test_without_any_variable_the_defaults_hold() -> None:
    settings = load_settings(SandboxSettings)
    assert settings.model_dump() == {
        "database_url": "sqlite:///qualify.sqlite3",
        "standards_dir": STANDARDS,
        "timezone": ZoneInfo("Asia/Shanghai"),
        "log_level": "INFO",
        "appeal_days": 7,
        "validity_months": 24,
        "hide_assessors": False,
        "score_months": None,
        "workdays": None,
        "sign_met_by_most": 90,
        "sign_met_by_few": 10,
        "sign_unobserved": 30,
        "sign_most_apart": 3,
        "standards_day": "12-01",
        "port": 8080,
    }


def test_the_bot_needs_its_token_and_has_a_default_for_all_else(monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal(BotSettings) == {
        "zh-CN": "请设置环境变量 BOT_TOKEN（也可以写在 .env 文件里）。",
        "en": "Set the environment variable BOT_TOKEN (or write it into the file .env).",
    }
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    settings = load_settings(BotSettings)
    assert settings.bot_token.get_secret_value() == TOKEN
    assert settings.model_dump(exclude={"bot_token", *Settings.model_fields}) == {
        "telegram_base_url": "https://api.telegram.org/bot",
        "telegram_base_file_url": "https://api.telegram.org/file/bot",
        "telegram_proxy": None,
        "webhook_url": None,
        "webhook_secret": None,
        "webhook_listen": "0.0.0.0",
        "webhook_port": 8443,
        "notices_per_second": 20,
    }


@pytest.mark.parametrize(
    ("name", "value", "taken"),
    [
        ("DATABASE_URL", "postgresql://user:password@host/name", "postgresql://user:password@host/name"),
        ("STANDARDS_DIR", ".", Path()),
        ("TIMEZONE", "Europe/Berlin", ZoneInfo("Europe/Berlin")),
        ("LOG_LEVEL", "debug", "DEBUG"),
        ("LOG_LEVEL", " CRITICAL\r", "CRITICAL"),
        ("APPEAL_DAYS", "0", 0),
        ("APPEAL_DAYS", " 365\n", 365),
        ("VALIDITY_MONTHS", "1", 1),
        ("VALIDITY_MONTHS", "600", 600),
        ("SCORE_MONTHS", "18", 18),
        ("SCORE_MONTHS", "", None),
        ("STANDARDS_DAY", " 02-28 ", "02-28"),
        ("HIDE_ASSESSORS", "Yes", True),
        ("HIDE_ASSESSORS", "off", False),
        ("TELEGRAM_BASE_URL", "http://127.0.0.1:8081/bot", "http://127.0.0.1:8081/bot"),
        ("TELEGRAM_BASE_FILE_URL", "https://files.example.org/bot", "https://files.example.org/bot"),
        ("TELEGRAM_PROXY", "http://user:password@proxy:3128", "http://user:password@proxy:3128"),
        ("WEBHOOK_URL", "https://bot.example.org/telegram", "https://bot.example.org/telegram"),
        ("WEBHOOK_LISTEN", "::1", "::1"),
        ("WEBHOOK_PORT", "65535", 65535),
        ("WEBHOOK_PORT", " 1 ", 1),
        ("NOTICES_PER_SECOND", "1000", 1000),
    ],
)
def test_a_variable_is_taken(name: str, value: str, taken: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", f" {TOKEN}\n")
    monkeypatch.setenv(name, value)
    assert getattr(load_settings(BotSettings), name.lower()) == taken


def test_what_is_set_about_the_life_of_a_result_makes_its_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings(Settings).rules == Rules(appeal_days=7, validity_months=24, hide_assessors=False)
    given = {"APPEAL_DAYS": "14", "VALIDITY_MONTHS": "36", "HIDE_ASSESSORS": "yes", "SCORE_MONTHS": "12"}
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    assert load_settings(Settings).rules == Rules(14, 36, hide_assessors=True, score_months=12)


def test_percents_and_a_day_make_the_rules_of_the_signs(monkeypatch: pytest.MonkeyPatch) -> None:
    assert load_settings(Settings).sign_rules == SignRules()
    given = {"MET_BY_MOST": "95", "MET_BY_FEW": "5", "UNOBSERVED": "40", "MOST_APART": "0"}
    for name, value in given.items():
        monkeypatch.setenv(f"SIGN_{name}", value)
    monkeypatch.setenv("STANDARDS_DAY", "02-28")
    assert load_settings(Settings).sign_rules == SignRules(0.95, 0.05, 0.4, 0, (2, 28))


@pytest.mark.parametrize(
    ("cls", "name", "value", "right"),
    [
        (Settings, "STANDARDS_DIR", "not/here", ("一个存在的目录", "an existing directory")),
        (Settings, "TIMEZONE", "Mars/Olympus", ("Asia/Shanghai", "Asia/Shanghai")),
        (Settings, "TIMEZONE", "Asia", ("Asia/Shanghai", "Asia/Shanghai")),
        (Settings, "TIMEZONE", "../etc/passwd", ("Asia/Shanghai", "Asia/Shanghai")),
        (Settings, "LOG_LEVEL", "LOUD", ("DEBUG、INFO", "DEBUG, INFO")),
        (Settings, "LOG_LEVEL", "NOTSET", ("DEBUG、INFO", "DEBUG, INFO")),
        (Settings, "APPEAL_DAYS", "366", ("0 到 365", "from 0 to 365")),
        (Settings, "APPEAL_DAYS", "-1", ("0 到 365", "from 0 to 365")),
        (Settings, "APPEAL_DAYS", "７", ("0 到 365", "from 0 to 365")),
        (Settings, "VALIDITY_MONTHS", "0", ("1 到 600", "from 1 to 600")),
        (Settings, "VALIDITY_MONTHS", "2 years", ("1 到 600", "from 1 to 600")),
        (Settings, "SCORE_MONTHS", "0", ("1 到 600", "from 1 to 600")),
        (Settings, "SCORE_MONTHS", "601", ("1 到 600", "from 1 to 600")),
        (Settings, "SCORE_MONTHS", "ever", ("1 到 600", "from 1 to 600")),
        (Settings, "SIGN_MET_BY_MOST", "50", ("51 到 100", "from 51 to 100")),
        (Settings, "STANDARDS_DAY", "02-29", ("12-01", "12-01")),
        (Settings, "STANDARDS_DAY", "1 March", ("12-01", "12-01")),
        (Settings, "WORKDAYS", "mars", ("china 或 weekends", "china or weekends")),
        (Settings, "HIDE_ASSESSORS", "maybe", ("yes 或 no", "yes or no")),
        (SandboxSettings, "PORT", "0", ("1 到 65535", "1 to 65535")),
        (SandboxSettings, "PORT", "65536", ("1 到 65535", "1 to 65535")),
        (SandboxSettings, "PORT", "http", ("1 到 65535", "1 to 65535")),
        (BotSettings, "WEBHOOK_PORT", "8443.5", ("1 到 65535", "1 to 65535")),
        (BotSettings, "WEBHOOK_PORT", "-1", ("1 到 65535", "1 to 65535")),
        (BotSettings, "WEBHOOK_PORT", "８４４３", ("1 到 65535", "1 to 65535")),
        (BotSettings, "WEBHOOK_LISTEN", "http://127.0.0.1", ("127.0.0.1，", "such as 127.0.0.1")),
        (BotSettings, "WEBHOOK_URL", "http://bot.example.org", ("以 https:// 开头", "start with https://")),
        (BotSettings, "WEBHOOK_URL", "https://", ("以 https:// 开头", "start with https://")),
        (BotSettings, "TELEGRAM_BASE_URL", "api.telegram.org/bot", ("http:// 或 https://", "http:// or https://")),
        (BotSettings, "TELEGRAM_BASE_FILE_URL", "ftp://x", ("http:// 或 https://", "http:// or https://")),
        (BotSettings, "TELEGRAM_PROXY", "socks5://127.0.0.1", ("http:// 或 https://", "http:// or https://")),
    ],
)
def test_a_value_that_cannot_be_used_is_named_with_what_would_be_right(
    cls: type[Settings], name: str, value: str, right: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv(name, value)
    for sentence, hint in zip(refusal(cls).values(), right, strict=True):
        assert hint in sentence
        assert name in sentence
        assert f"“{value}”" in sentence


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("BOT_TOKEN", "hush-hush"),
        ("BOT_TOKEN", "123456"),
        ("BOT_TOKEN", "123456:hush hush"),
        ("BOT_TOKEN", "１２３:hushhush"),
        ("WEBHOOK_SECRET", "hush hush"),
        ("WEBHOOK_SECRET", "h" * 257),
    ],
)
def test_a_secret_that_cannot_be_used_is_named_and_not_repeated(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv(name, value)
    for sentence in refusal(BotSettings).values():
        assert name in sentence
        assert value not in sentence
        assert "hush" not in sentence


@pytest.mark.parametrize("value", ["socks5://user:hush-hush@proxy:1080", "user:hush/h@hush@proxy:1080"])
def test_the_password_of_a_proxy_is_not_repeated(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    monkeypatch.setenv("TELEGRAM_PROXY", value)
    for sentence in refusal(BotSettings).values():
        assert "“…@proxy:1080”" in sentence
        assert "hush" not in sentence


def test_printed_settings_show_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", "123456:hush-hush")
    monkeypatch.setenv("WEBHOOK_SECRET", "hush-hush")
    monkeypatch.setenv("DATABASE_URL", "postgresql://user:hush-hush@host/name")
    monkeypatch.setenv("TELEGRAM_PROXY", "http://user:hush-hush@proxy:3128")
    assert "hush" not in f"{load_settings(BotSettings)!r}{load_settings(BotSettings)}"


def test_the_webhooks_secret_follows_from_the_token_unless_it_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    derived = load_settings(BotSettings).webhook_secret_token()
    assert derived == load_settings(BotSettings).webhook_secret_token()
    assert (len(derived), TOKEN.split(":")[1] in derived) == (64, False)
    monkeypatch.setenv("BOT_TOKEN", TOKEN + "x")
    assert load_settings(BotSettings).webhook_secret_token() != derived
    monkeypatch.setenv("WEBHOOK_SECRET", "my-own_1")
    assert load_settings(BotSettings).webhook_secret_token() == "my-own_1"


def test_a_variable_that_is_set_to_nothing_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in FIELDS:
        monkeypatch.setenv(name.upper(), "")
    assert "BOT_TOKEN" in refusal(BotSettings)["en"]
    monkeypatch.setenv("BOT_TOKEN", TOKEN)
    chosen = load_settings(BotSettings).model_dump(exclude={"bot_token"})
    fields = BotSettings.model_fields.items()
    assert chosen == {name: field.default for name, field in fields if name != "bot_token"}
    assert load_settings(SandboxSettings).port == 8080


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_file_gives_the_settings_and_the_environment_goes_before_it(
    mark: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = f"{mark}BOT_TOKEN={TOKEN}\r\nlog_level='warning'\r\nTIMEZONE=\r\nOTHERS=1\r\n# 备注\r\n"
    (tmp_path / ".env").write_text(written, encoding="utf-8", newline="")
    settings = load_settings(BotSettings)
    assert (settings.bot_token.get_secret_value(), settings.log_level) == (TOKEN, "WARNING")
    assert settings.timezone == ZoneInfo("Asia/Shanghai")
    monkeypatch.setenv("LOG_LEVEL", "ERROR")
    assert load_settings(BotSettings).log_level == "ERROR"


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("# 备注\n".encode("gb18030"))
    assert refusal(Settings) == {
        "zh-CN": ".env 不是 UTF-8 文本。请另存为 UTF-8 编码。",
        "en": ".env is not UTF-8 text. Save it again with the encoding UTF-8.",
    }


@pytest.mark.parametrize(
    ("variables", "works_on_the_national_day"),
    [
        ({}, False),
        ({"TIMEZONE": "Asia/Urumqi"}, False),
        ({"TIMEZONE": "Europe/Berlin"}, True),
        ({"TIMEZONE": "Europe/Berlin", "WORKDAYS": " China "}, False),
        ({"WORKDAYS": "weekends"}, True),
    ],
)
def test_days_off_are_those_of_the_companys_country_unless_set(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], works_on_the_national_day: bool
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert load_settings(Settings).is_working_day(date(2026, 10, 1)) is works_on_the_national_day
    assert not load_settings(Settings).is_working_day(date(2026, 10, 11)), "a Sunday"
