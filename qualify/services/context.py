"""What every service needs: the database, the standards, the clock and the company's time zone."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy.exc import IntegrityError

from qualify.errors import NotFound, Stale
from qualify.reminders import WorkingDays, is_weekday
from qualify.services.library import Library
from qualify.standard import Catalogue, Standard, StandardSettings, overlaid, structure_hash
from qualify.statistics import SignRules
from qualify.storage import Database, standard_settings
from qualify.storage.inbox import Delivery
from qualify.storage.tables import StoredSettings
from qualify.workflow import Rules

P = ParamSpec("P")
T = TypeVar("T")


def utc_now() -> datetime:
    """Now by the system's clock, UTC-aware."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Context:
    """Passed to every service; tests and the sandbox bring their own clock. `delivery` is the update of the chat that
    asks for the service, if one does. `_adjusted` are the standards with settings met so far, by structure (None: no
    settings make it): what is stored with a structure came after its settings, so neither answer ever changes."""

    database: Database
    standards: Catalogue
    timezone: ZoneInfo
    now: Callable[[], datetime] = utc_now
    rules: Rules = field(default_factory=Rules)
    delivery: Delivery | None = None
    is_working_day: WorkingDays = is_weekday
    sign_rules: SignRules = field(default_factory=SignRules)
    _adjusted: dict[str, Standard | None] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not isinstance(self.standards, Library):  # what is released in this database is known here alone
            object.__setattr__(self, "standards", Library(self.standards))

    @property
    def library(self) -> Library:
        """The standards, which can be asked to look again."""
        assert isinstance(self.standards, Library)
        return self.standards

    def today(self) -> date:
        """The date in the company's time zone."""
        return self.now().astimezone(self.timezone).date()

    def elsewhere(self) -> "Elsewhere":
        """What another process needs to make the same context, its clock standing at this moment."""
        url = self.database.engine.url.render_as_string(hide_password=False)
        return Elsewhere(
            url,
            self.standards.directory.absolute(),
            self.timezone,
            self.now(),
            self.rules,
            self.is_working_day,
            self.sign_rules,
        )

    def standard(self, standard_id: str, version: int, structure: str) -> Standard:
        """The standard that something stored was made with, the settings of that day laid over it. Raises NotFound when
        it is gone, or its structure (a draft's) changed since."""
        self.library.refresh_for(self.database, standard_id, version)
        standard = self.standards.get(standard_id, version)
        if fingerprint(standard) == structure:
            return standard
        if structure not in self._adjusted:
            with self.database.reading() as connection:
                stored = standard_settings.by_structure(connection, structure)
            self._adjusted[structure] = None if stored is None else self.adjusted(stored)
        found = self._adjusted[structure]
        if found is None:
            raise NotFound("error-standard-changed", id=standard_id, version=str(version))
        return found

    def adjusted(self, stored: StoredSettings) -> Standard:
        """The standard with these settings, made once: they never change. Raises NotFound when the standard is gone, or
        its structure (a draft's) changed since."""
        found = self._adjusted.get(stored.structure)
        if found is None:
            standard = self.standards.get(stored.standard, stored.version)
            found = overlaid(standard, StandardSettings.model_validate_json(stored.content), stored.number)
            if fingerprint(found) != stored.structure:
                raise NotFound("error-standard-changed", id=stored.standard, version=str(stored.version))
            self._adjusted[stored.structure] = found
        return found

    def has_standard(self, standard_id: str, version: int, structure: str) -> bool:
        """Whether `standard` would find it."""
        try:
            self.standard(standard_id, version, structure)
        except NotFound:
            return False
        return True


@dataclass(frozen=True)
class Elsewhere:
    """A context on its way to another process, where the clock stands at `moment`. The address may hold a password."""

    database_url: str = field(repr=False)
    standards: Path
    timezone: ZoneInfo
    moment: datetime
    rules: Rules
    is_working_day: WorkingDays
    sign_rules: SignRules

    def context(self) -> Context:
        """Opens the context in the other process; the caller closes its database."""
        context = open_context(
            self.database_url,
            self.standards,
            self.timezone,
            lambda: self.moment,
            self.rules,
            is_working_day=self.is_working_day,
            sign_rules=self.sign_rules,
        )
        context.library.refresh(context.database)
        return context


@lru_cache(maxsize=64)
def fingerprint(standard: Standard) -> str:
    """The hash of the standard's structure, worked out once, because every press compares it."""
    return structure_hash(standard)


def open_context(
    database_url: str,
    standards: Path,
    timezone: ZoneInfo,
    now: Callable[[], datetime] = utc_now,
    rules: Rules | None = None,
    *,
    is_working_day: WorkingDays = is_weekday,
    sign_rules: SignRules | None = None,
) -> Context:
    """A context from settings. Raises InvalidStandard or InvalidInput when one of them is unusable."""
    catalogue = Catalogue(standards)
    return Context(
        Database(database_url),
        catalogue,
        timezone,
        now,
        rules or Rules(),
        is_working_day=is_working_day,
        sign_rules=sign_rules or SignRules(),
    )


def reads(look: Callable[P, T]) -> Callable[P, T]:
    """Marks a service that only looks: the bot lets it run beside those that write."""
    look.only_reads = True  # type: ignore[attr-defined]
    return look


def only_reads(service: Callable[..., object]) -> bool:
    """Whether a service is marked as one that only looks."""
    return getattr(service, "only_reads", False)


def only_checks(check: Callable[P, None]) -> Callable[P, None]:
    """Marks a service that reads only to refuse what can't be done: where it has been done, it has nothing to say."""
    check.only_checks = True  # type: ignore[attr-defined]
    return reads(check)


def is_check(service: Callable[..., object]) -> bool:
    """Whether a service is marked as one that only refuses."""
    return getattr(service, "only_checks", False)


def repeatable(service: Callable[P, T]) -> Callable[P, T]:
    """Marks a service that writes and may run again when its update is delivered again: twice is the same as once."""
    service.is_repeatable = True  # type: ignore[attr-defined]
    return service


def is_repeatable(service: Callable[..., object]) -> bool:
    """Whether a service is marked as one that may run again."""
    return getattr(service, "is_repeatable", False)


def shown_again_by(look: Callable[..., T]) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Marks a service whose outcome isn't kept: when its update is delivered again, `look` is asked in its place."""

    def mark(service: Callable[P, T]) -> Callable[P, T]:
        service.look_again = look  # type: ignore[attr-defined]
        return service

    return mark


def done_before(*_: object, **__: object) -> Any:
    """Stands in for a service whose outcome can't be had again. Raises Stale, which says that it was done."""
    raise Stale("error-done-before")


def look_again_of(service: Callable[..., T]) -> Callable[..., T] | None:
    """What is asked in the place of a service that was done before; None where its outcome is kept."""
    return getattr(service, "look_again", None)


def once_more(intention: Callable[P, T]) -> Callable[P, T]:
    """The intention, tried again when another process took the same row at the same moment.

    The first attempt is rolled back whole; the second one sees what the other process did.
    """

    @wraps(intention)
    def tried(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return intention(*args, **kwargs)
        except IntegrityError:
            return intention(*args, **kwargs)

    return tried
