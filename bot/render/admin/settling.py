"""What has to be settled before an assessment is signed: a screen for each matter, its answers as buttons."""

from bot.render.admin.decisions import question
from bot.render.admin.menu import admin
from bot.render.message import Message, Rows
from qualify.reporting import matters
from qualify.services.assessments.facts import CaseMatter
from qualify.services.assessments.overview import Overview
from qualify.texts import say


def matter_message(view: Overview, place: int, language: str) -> Message:
    """Asks which score stands, or whether two cases are one. The buttons carry the result that was looked at."""
    assert view.result is not None
    matter = view.matters[place]
    if isinstance(matter, CaseMatter):
        lines, asked = matters.listers(matter, view, language), say(language, "settle-ask-cases")
    else:
        lines, asked = [matters.title(matter, view, language)], say(language, "settle-ask-score")
    words = matters.answers(matter, view, language)
    rows: Rows = [
        [admin(text, "case-settle", view.id, view.result.id, place, choice)] for choice, text in enumerate(words)
    ]
    return question(view, "\n".join([*lines, asked]), rows, language)
