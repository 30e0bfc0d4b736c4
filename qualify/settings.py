"""Settings by environment or `.env`, each validated with a sentence that says what would be right."""

import re
from pathlib import Path
from typing import Annotated, Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from qualify.errors import InvalidInput
from qualify.paths import STANDARDS

ENV_FILE = ".env"
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
PASSWORD = re.compile(r".*@", re.DOTALL)  # what stands before the host of an address


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
    if value.upper() not in LEVELS:
        raise ValueError("settings-log-level")
    return value.upper()


class Settings(BaseSettings):
    """What the command line and the bot share. Unknown variables are somebody else's and are ignored.

    A variable that is set but empty counts as not set. `database_url` may hold a password: it is never printed.
    """

    model_config = SettingsConfigDict(
        env_file=ENV_FILE,
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        str_strip_whitespace=True,
    )

    database_url: Annotated[str, Field(repr=False)] = "sqlite:///qualify.sqlite3"
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
    except UnicodeDecodeError:
        raise InvalidInput("settings-file", file=ENV_FILE) from None


def _refusal(error: ValidationError) -> InvalidInput:
    """The sentence of the first fault; a secret's value is never repeated, nor a password in an address."""
    fault: Any = error.errors()[0]
    name = str(fault["loc"][0]).upper()
    if fault["type"] == "missing":
        return InvalidInput("settings-missing", name=name)
    key = str(fault["ctx"]["error"])  # every other fault is found by a validator that names its sentence
    given = "…" if "TOKEN" in name or "SECRET" in name else PASSWORD.sub("…@", str(fault["input"]))
    return InvalidInput(key, name=name, given=given)
