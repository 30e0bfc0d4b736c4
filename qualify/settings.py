"""Settings by environment or `.env`, each validated with a sentence that says what would be right."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, Any, TypeVar
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from qualify.errors import InvalidInput
from qualify.paths import STANDARDS
from qualify.reminders import WorkingDays, known_zone
from qualify.statistics import SignRules
from qualify.workflow import Rules
from qualify.working_days import IN_CHINA, Workdays

ENV_FILE = ".env"
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
YES, NO = ("yes", "true", "1", "on"), ("no", "false", "0", "off")
PASSWORD = re.compile(r".*@", re.DOTALL)  # what stands before the host of an address


def _zone(value: object) -> object:
    if not isinstance(value, str):
        return value
    zone = known_zone(value)
    if zone is None:
        raise ValueError("settings-timezone")
    return zone


def _directory(value: Path) -> Path:
    if not value.is_dir():
        raise ValueError("settings-directory")
    return value


def _log_level(value: str) -> str:
    if value.upper() not in LEVELS:
        raise ValueError("settings-log-level")
    return value.upper()


def whole(lowest: int, highest: int) -> Callable[[object], int]:
    """A whole number within bounds, both in."""

    def read(value: object) -> int:
        text = str(value).strip()
        if not re.fullmatch(r"[0-9]{1,9}", text) or not lowest <= int(text) <= highest:
            raise ValueError(":".join(("settings-whole", str(lowest), str(highest))))
        return int(text)

    return read


def _yes_or_no(value: object) -> bool:
    text = str(value).strip().lower()
    if text not in YES + NO:
        raise ValueError("settings-yes-or-no")
    return text in YES


def _workdays(value: object) -> object:
    if value is None or str(value).strip().lower() in [each.value for each in Workdays]:
        return value if value is None else Workdays(str(value).strip().lower())
    raise ValueError("settings-workdays")


def _month_and_day(value: str) -> str:
    """A day that every year has, written MM-DD."""
    try:
        date.fromisoformat(f"2026-{value}")  # a year without 29 February
    except ValueError:
        raise ValueError("settings-month-and-day") from None
    return value


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
    appeal_days: Annotated[int, BeforeValidator(whole(0, 365))] = 7
    validity_months: Annotated[int, BeforeValidator(whole(1, 600))] = 24
    hide_assessors: Annotated[bool, BeforeValidator(_yes_or_no)] = False
    score_months: Annotated[int, BeforeValidator(whole(1, 600))] | None = None
    workdays: Annotated[Workdays | None, BeforeValidator(_workdays)] = None
    sign_met_by_most: Annotated[int, BeforeValidator(whole(51, 100))] = 90
    sign_met_by_few: Annotated[int, BeforeValidator(whole(0, 49))] = 10
    sign_unobserved: Annotated[int, BeforeValidator(whole(1, 100))] = 30
    sign_most_apart: Annotated[int, BeforeValidator(whole(0, 100))] = 3
    standards_day: Annotated[str, AfterValidator(_month_and_day)] = "12-01"

    @property
    def rules(self) -> Rules:
        """What the organisation has set about the life of a result."""
        return Rules(self.appeal_days, self.validity_months, self.hide_assessors, self.score_months)

    @property
    def sign_rules(self) -> SignRules:
        """From when on administrators are told that it may be time to adjust a standard."""
        month, day = map(int, self.standards_day.split("-"))
        return SignRules(
            met_by_most=self.sign_met_by_most / 100,
            met_by_few=self.sign_met_by_few / 100,
            unobserved=self.sign_unobserved / 100,
            most_apart=self.sign_most_apart,
            yearly=(month, day),
        )

    @property
    def is_working_day(self) -> WorkingDays:
        """Says of a day whether the company works on it: as set, else by the calendar of the country it is in."""
        default = Workdays.CHINA if self.timezone.key in IN_CHINA else Workdays.WEEKENDS
        return (self.workdays or default).is_working_day


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
    given = "…" if "TOKEN" in name or "SECRET" in name else PASSWORD.sub("…@", str(fault["input"]))
    # every other fault is found by a validator that names its sentence, and its bounds where it has any
    key, *bounds = str(fault["ctx"]["error"]).split(":")
    return InvalidInput(key, name=name, given=given, **dict(zip(("lowest", "highest"), bounds, strict=False)))
