"""What every service needs: the database, the standards, the clock and the company's time zone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from qualify.standard import Catalogue
from qualify.storage import Database


def utc_now() -> datetime:
    """The system's clock."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Context:
    """Passed to every service; tests and the sandbox bring their own clock."""

    database: Database
    standards: Catalogue
    timezone: ZoneInfo
    now: Callable[[], datetime] = utc_now

    def today(self) -> date:
        """The date in the company's time zone."""
        return self.now().astimezone(self.timezone).date()


def open_context(
    database_url: str, standards: Path, timezone: ZoneInfo, now: Callable[[], datetime] = utc_now
) -> Context:
    """A context from settings. Raises InvalidStandard or InvalidInput when one of them is unusable."""
    return Context(Database(database_url), Catalogue(standards), timezone, now)
