"""What people set for themselves: language, theme of charts, quiet hours, weekends, time zone."""

from qualify.errors import InvalidInput
from qualify.reminders import known_zone
from qualify.services.context import Context
from qualify.storage import people
from qualify.texts import LANGUAGES
from qualify.themes import THEMES

HOURS = 24


def set_language(context: Context, telegram_id: int, language: str) -> str:
    """Remember the language, and return it. Raises InvalidInput for one the project doesn't speak."""
    if language not in LANGUAGES:
        raise InvalidInput("error-choice", given=language)
    with context.database.transaction() as connection:
        people.change_account(connection, telegram_id, language=language)
    return language


def set_theme(context: Context, telegram_id: int, theme: str) -> str:
    """Remember the theme of charts, and return it. Raises InvalidInput for one that there isn't."""
    if theme not in THEMES:
        raise InvalidInput("error-choice", given=theme)
    with context.database.transaction() as connection:
        people.change_account(connection, telegram_id, theme=theme)
    return theme


def set_quiet_hours(context: Context, telegram_id: int, start: int, end: int) -> None:
    """Remember when not to disturb: whole hours of the day (0…23); equal ones mean never. Raises InvalidInput for
    others."""
    if not (0 <= start < HOURS and 0 <= end < HOURS):
        raise InvalidInput("error-choice", given=f"{start}–{end}")
    with context.database.transaction() as connection:
        people.change_account(connection, telegram_id, quiet_from=start, quiet_until=end)


def set_weekends(context: Context, telegram_id: int, *, weekends: bool) -> None:
    """Remember whether reminders may come on weekends."""
    with context.database.transaction() as connection:
        people.change_account(connection, telegram_id, weekends=weekends)


def set_team_news(context: Context, telegram_id: int, *, told: bool) -> None:
    """Remember whether a manager is told when somebody whom they lead has a result."""
    with context.database.transaction() as connection:
        people.change_account(connection, telegram_id, team_news=told)


def set_timezone(context: Context, telegram_id: int, timezone: str | None) -> None:
    """Remember where the person lives, by the zone's IANA name; None: where the company is.

    Raises InvalidInput for a name that no zone has.
    """
    if timezone is not None and known_zone(timezone) is None:
        raise InvalidInput("error-choice", given=timezone)
    with context.database.transaction() as connection:
        people.change_account(connection, telegram_id, timezone=timezone)
