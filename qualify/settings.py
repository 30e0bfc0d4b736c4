"""Settings by environment or `.env`, each validated with a sentence that says what would be right."""

import logging
from pathlib import Path
from typing import Annotated, Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from qualify.errors import InvalidInput
from qualify.paths import STANDARDS

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


def _zone(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return ZoneInfo(value)
    except (KeyError, ValueError, OSError):
        raise ValueError("settings-timezone") from None


def _directory(value: Path) -> Path:
    if not value.is_dir():
        raise ValueError("settings-directory")
    return value


def _log_level(value: str) -> str:
    if value.upper() not in LEVELS or not isinstance(logging.getLevelName(value.upper()), int):
        raise ValueError("settings-log-level")
    return value.upper()


class Settings(BaseSettings):
    """What the command line and the bot share. Unknown variables are somebody else's and are ignored."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", env_ignore_empty=True)

    database_url: str = "sqlite:///qualify.sqlite3"
    standards_dir: Annotated[Path, AfterValidator(_directory)] = STANDARDS
    timezone: Annotated[ZoneInfo, BeforeValidator(_zone)] = ZoneInfo("Asia/Shanghai")
    log_level: Annotated[str, AfterValidator(_log_level)] = "INFO"


S = TypeVar("S", bound=Settings)


def load_settings(cls: type[S]) -> S:
    """The settings of this process. Raises InvalidInput for the first variable that can't be used."""
    try:
        return cls()
    except ValidationError as error:
        raise _refusal(error) from None


def _refusal(error: ValidationError) -> InvalidInput:
    """The sentence of the first fault; a secret's value is never repeated."""
    fault: Any = error.errors()[0]
    name = str(fault["loc"][0]).upper()
    if fault["type"] == "missing":
        return InvalidInput("settings-missing", name=name)
    reason = str(fault.get("ctx", {}).get("error", ""))
    key = reason if reason.startswith("settings-") else "settings-invalid"
    given = "…" if "TOKEN" in name or "SECRET" in name else str(fault["input"])
    return InvalidInput(key, name=name, given=given)
