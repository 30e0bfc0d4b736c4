"""The assessments that are not over, with the way to each and to a new one."""

from collections.abc import Mapping, Sequence
from datetime import date

from bot.render.admin.menu import admin, back, brief, turns
from bot.render.message import Button, Message, Rows, bold, esc, in_rows
from qualify.services.assessments.listing import AssessmentPage
from qualify.standard import Standard
from qualify.storage.assessments import ListedAssessment
from qualify.texts import say
from qualify.workflow import OWED

Standards = Mapping[tuple[str, int], Standard]


def list_message(page: AssessmentPage, standards: Standards, today: date, language: str) -> Message:
    """The list of assessments, one line each, the first due first; ‼️ marks those with overdue reviews."""
    new = admin(say(language, "admin-assess-new"), "new", style="primary")
    last = [new, admin(say(language, "admin-menu-find"), "find"), back(language)]
    if not page.lines:
        return Message(esc(say(language, "admin-assess-none")), [last])
    lines = [bold(say(language, "admin-assess", count=str(sum(page.counts.values())))), ""]
    lines += [_line(number, each, standards, today, language) for number, each in enumerate(page.lines, start=1)]
    return Message(
        "\n".join(lines), [*in_rows(case_buttons(page.lines), 2), *list_turns("assess", page, language), last]
    )


def list_turns(word: str, page: AssessmentPage, language: str) -> Rows:
    """Buttons to the pages before and after; they carry where those begin."""
    before, after = (
        None if start is None else (start.part, start.place.due.toordinal(), start.place.id)
        for start in (page.before, page.after)
    )
    return turns(language, word, before, after)


def case_buttons(shown: Sequence[ListedAssessment]) -> list[Button]:
    """A button to each assessment, numbered like the lines."""
    return [admin(f"{number} {brief(each.subject)}", "case", each.id) for number, each in enumerate(shown, start=1)]


def _line(number: int, each: ListedAssessment, standards: Standards, today: date, language: str) -> str:
    row = say(
        language,
        "admin-assess-row",
        name=brief(each.subject),
        level=level_words(each, standards, language),
        state=each.state,
        **{"in": str(each.submitted), "all": str(each.reviews)},
        due=f"{each.due_date:%m-%d}",
    )
    late = each.due_date < today and each.state in OWED
    return esc(f"{'‼️ ' if late else ''}{number}. {row}")


def level_words(each: ListedAssessment, standards: Standards, language: str) -> str:
    """The level's name; its id when the standard isn't there any more."""
    standard = standards.get((each.standard, each.version))
    named = {level.id: level.name.in_language(language) for level in standard.levels} if standard else {}
    return named.get(each.level, each.level)
