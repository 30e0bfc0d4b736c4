"""Everything around a review: greeting, lists, settings, help."""

from bot.buttons import To, command
from bot.render.message import Message, Rows, bold, button, esc, in_rows
from qualify.dialogue import plan
from qualify.standard import Standard
from qualify.storage.people import Who
from qualify.storage.reviews import ReviewRow
from qualify.texts import LANGUAGES, say

THEMES = ("light", "dark")
Owed = list[tuple[ReviewRow, Standard]]


def plain_message(key: str, language: str, **values: object) -> Message:
    """One sentence without buttons."""
    return Message(esc(say(language, key, **values)), [])


def greeting(who: Who, owed: Owed, language: str, *, joined: bool = False) -> Message:
    """What /start says to somebody who is known: what they owe, and how to see their result."""
    lines = [bold(say(language, "chat-joined" if joined else "chat-hello", name=who.name)), ""]
    lines += [esc(_owed_line(owed, language)), "", esc(say(language, "chat-hello-result"))]
    return Message("\n".join(lines), _owed_rows(owed, language))


def owed_message(owed: Owed, language: str) -> Message:
    """The list behind /reviews."""
    return Message(esc(_owed_line(owed, language)), _owed_rows(owed, language))


def _owed_line(owed: Owed, language: str) -> str:
    return say(language, "chat-hello-owed" if owed else "chat-hello-nothing", count=str(len(owed)))


def _owed_rows(owed: Owed, language: str) -> Rows:
    return in_rows([button(_owed(row, standard, language), command(To.OPEN, row.id)) for row, standard in owed], 1)


def _owed(row: ReviewRow, standard: Standard, language: str) -> str:
    level = standard.level(row.level).name.in_language(language)
    percent = plan(standard, row.level).progress(row.position.frontier)
    begun = say(language, "chat-review-begun", percent=str(percent)) if percent else ""
    return say(language, "chat-review-button", name=row.subject, level=level, due=f"{row.due_date:%m-%d}") + begun


def new_review(row: ReviewRow, standard: Standard, language: str) -> Message:
    """Tells an assessor about a review that was just assigned."""
    text = say(
        language,
        "chat-new-review",
        name=row.subject,
        standard=standard.name.in_language(language),
        level=standard.level(row.level).name.in_language(language),
        due=row.due_date.isoformat(),
    )
    return Message(esc(text), [[button(say(language, "chat-start-review"), command(To.OPEN, row.id), "primary")]])


def settings_message(who: Who) -> Message:
    """Language and chart theme, the present choice marked."""
    language = who.language
    languages = [
        button(
            _chosen(code == language) + say(language, f"chat-language-{code.lower()}"), command(To.LANGUAGE, word=code)
        )
        for code in LANGUAGES
    ]
    themes = [
        button(_chosen(theme == who.theme) + say(language, f"chat-theme-{theme}"), command(To.THEME, word=theme))
        for theme in THEMES
    ]
    parts = f"{say(language, 'chat-settings-language')} · {say(language, 'chat-settings-theme')}"
    return Message(f"{bold(say(language, 'chat-settings'))}\n{esc(parts)}", [languages, themes])


def _chosen(chosen: bool) -> str:
    return "• " if chosen else ""
