"""The standards in the administrators' chat: which version holds, and what the organisation sets beside it."""

from collections.abc import Iterator, Sequence

from bot.render.admin.menu import back, brief, pages
from bot.render.message import Message, bold, esc, packed
from qualify.reporting.own_settings import setting_lines
from qualify.services.standard_settings import SettingsView
from qualify.standard import Standard
from qualify.texts import say

ROOM = 3000  # beside the heading and the hint, within Telegram's 4096


def settings_message(found: Sequence[tuple[Standard, list[SettingsView]]], page: int, language: str) -> Message:
    """A page of the standards, each with its settings that hold or are to come and what these change."""
    texts = packed((_standard(*each, language) for each in found), "\n\n", ROOM)
    page = min(max(page, 0), len(texts) - 1)
    heading, hint = bold(say(language, "standards-settings")), esc(say(language, "admin-standards-hint"))
    rows = [*pages(language, "std-settings", page, len(texts), size=1), [back(language, "standards")]]
    return Message("\n\n".join([heading, texts[page], hint]), rows)


def _standard(released: Standard, settings: Sequence[SettingsView], language: str) -> str:
    name = released.name.in_language(language)
    lines = [bold(say(language, "admin-standards-heading", name=name, version=str(released.version)))]
    lines += [line for each in settings for line in _settings(each, language)]
    if not any(each.holds for each in settings):
        lines.insert(1, esc(say(language, "admin-standards-none")))
    return "\n".join(lines)


def _settings(settings: SettingsView, language: str) -> Iterator[str]:
    who = brief(settings.who) or say(language, "audit-operator", operator=brief(settings.operator))
    state, since = "now" if settings.holds else "later", settings.valid_from.isoformat()
    yield esc(say(language, "admin-standards-set", number=str(settings.number), state=state, since=since, who=who))
    for line in setting_lines(settings.released, settings.made, language):
        yield esc(f"· {line}")
