"""The messages around a review: greeting, lists, settings, help."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.buttons import To, command
from bot.render.message import Button, Message, Rows, bold, button, chosen, esc
from bot.render.zones import zone_button
from qualify.access import Role
from qualify.dialogue import plan
from qualify.reminders import QUIET_HOURS
from qualify.services.notices.digests import quiet_hours_of
from qualify.standard import Standard
from qualify.storage.people import Who
from qualify.storage.reviews import ReviewRow
from qualify.texts import LANGUAGES, say
from qualify.themes import THEMES

QUIET_CHOICES = (QUIET_HOURS, (20, 9), (0, 0))
SETTINGS = ("chat-settings-language", "chat-settings-theme", "reminder-settings", "reminder-settings-zone")
PLAIN_COMMANDS = ("start", "language", "help")
"""What /help needn't explain."""
MOST = 30
"""How many things a message lists, and has buttons for: Telegram takes 100."""
Owed = Sequence[tuple[ReviewRow, Standard]]


def plain_message(key: str, language: str, **values: object) -> Message:
    """A text of the catalogue by its `key`, without buttons."""
    return Message(esc(say(language, key, **values)), [])


def help_message(who: Who, commands: Sequence[str]) -> Message:
    """What the bot does for somebody whose `commands` these are."""
    lines = [say(who.language, f"help-{name}") for name in commands if name not in PLAIN_COMMANDS]
    said = [say(who.language, "chat-help"), "\n".join(lines)]
    said += [say(who.language, "chat-help-reviews")] if "reviews" in commands else []
    said += [say(who.language, "chat-help-admin")] if "admin" in commands else []
    return Message("\n\n".join(map(esc, said)), [])


def greeting(who: Who, owed: Owed, language: str, *, joined: bool = False) -> Message:
    """What /start says to somebody who is known: what they owe, where their result is, and the menu."""
    keys = ["chat-hello-result", *(["chat-hello-admin"] if Role.ADMIN in who.roles else [])]
    lines = [bold(say(language, "chat-joined" if joined else "chat-hello", name=who.name)), ""]
    lines += [*(esc(say(language, key)) for key in keys), "", *_owed_lines(owed, language)]
    return Message("\n".join(lines), owed_rows(owed, language))


def owed_message(owed: Owed, language: str) -> Message:
    """The list of reviews that /reviews shows, with the way to those that were handed in."""
    handed_in = [button(say(language, "submitted-list"), command(To.READ, word="list"))]
    return Message("\n".join(_owed_lines(owed, language)), [*owed_rows(owed, language), handed_in])


def _owed_lines(owed: Owed, language: str) -> list[str]:
    count = say(language, "chat-hello-owed" if owed else "chat-hello-nothing", count=str(len(owed)))
    return [esc(count), *more(len(owed), language)]


def more(count: int, language: str) -> list[str]:
    """A line that says how many of `count` things are not listed; no line when all are."""
    return [esc(say(language, "reminder-more", count=str(count - MOST)))] if count > MOST else []


def owed_rows(owed: Owed, language: str) -> Rows:
    """A button for each review, the first due first, up to `MOST`."""
    return [[owed_button(row, standard, language)] for row, standard in owed[:MOST]]


def owed_button(row: ReviewRow, standard: Standard, language: str, before: str = "") -> Button:
    """A button that takes the review up; `before` stands before its words."""
    return button(before + _owed(row, standard, language), command(To.OPEN, row.id))


def _owed(row: ReviewRow, standard: Standard, language: str) -> str:
    level = standard.level(row.level).name.in_language(language)
    percent = plan(standard, row.level).progress(row.position)
    begun = say(language, "chat-review-begun", percent=str(percent)) if percent else ""
    if row.returned:
        begun = say(language, "employee-returned-button")
    name, due = whose(row, language), f"{row.due_date:%m-%d}"
    return say(language, "chat-review-button", name=name, level=level, due=due) + begun


def whose(row: ReviewRow, language: str) -> str:
    """Whose review it is, as lists name it: a self-assessment by that word, otherwise the name."""
    return say(language, "chat-own-review") if row.is_own else row.subject


def settings_message(who: Who, company: ZoneInfo, *, leads: bool = False) -> Message:
    """Language, chart theme, quiet hours, weekends and the time zone, the present choice marked; for who `leads` people
    also whether they are told of their results.

    `company` is the zone of people who haven't chosen one.
    """
    language = who.language
    spoken = [(code, say(language, f"chat-language-{code.lower()}")) for code in LANGUAGES]
    drawn = [(theme, say(language, f"chat-theme-{theme}")) for theme in THEMES]
    languages = [button(chosen(code == language) + text, command(To.LANGUAGE, word=code)) for code, text in spoken]
    themes = [button(chosen(theme == who.theme) + text, command(To.THEME, word=theme)) for theme, text in drawn]
    parts = " · ".join(say(language, key) for key in SETTINGS)
    rows = [languages, themes, _quiet_row(who), _weekend_row(who), [zone_button(who, company)]]
    if leads:
        rows.append(_team_row(who))
    return Message(f"{bold(say(language, 'chat-settings'))}\n{esc(parts)}", rows)


def _team_row(who: Who) -> list[Button]:
    on, off = (say(who.language, f"team-news-{word}") for word in ("on", "off"))
    return [
        button(chosen(who.team_news) + on, command(To.TEAM, 1, word="news")),
        button(chosen(not who.team_news) + off, command(To.TEAM, 0, word="news")),
    ]


def _quiet_row(who: Who) -> list[Button]:
    present = quiet_hours_of(who)
    return [
        button(chosen(present == hours) + _quiet(hours, who.language), command(To.QUIET, *hours))
        for hours in QUIET_CHOICES
    ]


def _quiet(hours: tuple[int, int], language: str) -> str:
    start, end = hours
    if start == end:
        return say(language, "reminder-settings-always")
    return say(language, "reminder-settings-quiet", **{"from": str(start), "until": str(end)})


def _weekend_row(who: Who) -> list[Button]:
    off = say(who.language, "reminder-settings-weekends-off")
    on = say(who.language, "reminder-settings-weekends-on")
    return [
        button(chosen(not who.weekends) + off, command(To.WEEKENDS, 0)),
        button(chosen(bool(who.weekends)) + on, command(To.WEEKENDS, 1)),
    ]
