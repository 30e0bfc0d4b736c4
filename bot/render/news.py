"""News: what somebody did that concerns the person, and what the calendar will do soon.

News that shows something of a result can't be forwarded, like the result itself.
"""

from datetime import date

from bot.buttons import To, command
from bot.render.admin.case import keep_on, proofs_button
from bot.render.admin.menu import admin
from bot.render.admin.standards import title
from bot.render.menus import Owed, more, owed_rows
from bot.render.message import Button, Message, bold, button, esc
from bot.render.reminder import due_words
from qualify.reporting.wording import figures
from qualify.services.assessments.appeals import Appealed
from qualify.services.assessments.facts import unsettled
from qualify.services.assessments.overview import Overview, ResultView
from qualify.services.reading import mark
from qualify.services.standards.drafts import StandardEntry
from qualify.standard import Standard
from qualify.storage.faults import FaultCounts
from qualify.storage.reviews import ReviewRow
from qualify.texts import say


def new_review(row: ReviewRow, standard: Standard, language: str) -> Message:
    """Tells an assessor about a review that was just assigned, or the employee about their own."""
    text = say(
        language,
        "news-review-own" if row.is_own else "news-review",
        name=row.subject,
        standard=standard.name.in_language(language),
        level=standard.level(row.level).name.in_language(language),
        due=row.due_date.isoformat(),
    )
    return Message(esc(text), [[button(say(language, "chat-start-review"), command(To.OPEN, row.id), "primary")]])


def new_reviews(owed: Owed, language: str) -> Message:
    """Tells an assessor about a batch of reviews of one standard and level, in one message."""
    (row, standard), *others = owed
    if not others:
        return new_review(row, standard, language)
    text = say(
        language,
        "news-reviews",
        count=str(len(owed)),
        standard=standard.name.in_language(language),
        level=standard.level(row.level).name.in_language(language),
        due=row.due_date.isoformat(),
    )
    return Message("\n".join([esc(text), *more(len(owed), language)]), owed_rows(owed, language))


def returned_message(row: ReviewRow, standard: Standard, today: date, language: str) -> Message:
    """Tells an assessor that a review was returned: why, until when, and the way into it; `today` is the assessor's."""
    when = due_words(row.due_date, today, language)
    lines = [
        bold(say(language, "news-returned", name=row.subject)),
        esc(_what(standard, row.level, language)),
        "",
        esc(row.returned),
        "",
        esc(say(language, "news-due", date=row.due_date.isoformat(), when=when)),
    ]
    return Message(
        "\n".join(lines), [[button(say(language, "chat-take-up", part=row.part), command(To.OPEN, row.id), "primary")]]
    )


def converted_message(row: ReviewRow, standard: Standard, left: int, language: str) -> Message:
    """Tells an assessor that a review goes on by another version of the standard, and how much is left to answer."""
    name = standard.name.in_language(language)
    lines = [
        bold(say(language, "news-converted", name=row.subject, standard=name, version=str(standard.version))),
        esc(say(language, "news-converted-left", count=str(left))),
    ]
    return Message(
        "\n".join(lines), [[button(say(language, "chat-take-up", part=row.part), command(To.OPEN, row.id), "primary")]]
    )


def withdrawn_message(row: ReviewRow, standard: Standard, language: str) -> Message:
    """Tells a person that a review is not owed any more."""
    key = "news-withdrawn-own" if row.is_own else "news-withdrawn"
    return Message(esc(say(language, key, name=row.subject, what=_what(standard, row.level, language))), [])


def to_sign_message(view: Overview, language: str) -> Message:
    """Tells administrators that a result waits for a signature: its figure, and whether the assessors disagree."""
    assert view.result is not None
    lines = [
        bold(say(language, "news-to-sign", name=view.subject.name)),
        esc(_what(view.standard, view.assessment.level, language)),
        *(esc(line) for line in figures(view.result, language)),
    ]
    if count := unsettled(view.result.result):
        lines.append(esc(say(language, "news-unsettled", count=count)))
    if view.disagreements:
        lines.append(esc(say(language, "news-disagreements", count=len(view.disagreements))))
    return Message("\n".join(lines), [[_open(view.id, language)]], protected=True)


def standard_to_sign_message(entry: StandardEntry, language: str) -> Message:
    """Tells administrators that the release of a standard waits for one of them."""
    asked = entry.asked_by or say(language, "standards-operator")
    text = say(language, "news-standard", who=asked, title=title(entry.standard, language))
    return _about(entry, text, say(language, "standards-look"))


def standard_released_message(entry: StandardEntry, language: str) -> Message:
    """Tells who asked for the release of a standard that it was signed, and what is left to do."""
    text = say(language, "news-standard-released", title=title(entry.standard, language))
    return _about(entry, text, say(language, "news-open"))


def _about(entry: StandardEntry, text: str, label: str) -> Message:
    """A line about a standard, and the button to it."""
    return Message(esc(text), [[admin(label, "std", mark(entry.standard), style="primary")]])


def subject_left_message(view: Overview, language: str) -> Message:
    """Asks administrators what becomes of the assessment of somebody who has left."""
    lines = [
        bold(say(language, "news-subject-left", name=view.subject.name)),
        esc(_what(view.standard, view.assessment.level, language)),
        esc(say(language, "news-subject-left-ask")),
    ]
    withdraw = admin(say(language, "admin-case-withdraw"), "case-withdraw", view.id)
    return Message("\n".join(lines), [[keep_on(view.id, language), withdraw], [_open(view.id, language)]])


def appeal_message(appealed: Appealed, standard: Standard, language: str) -> Message:
    """Tells administrators what an employee objects to in a result."""
    heading = say(language, "news-appeal", name=appealed.subject)
    lines = [bold(heading), esc(_what(standard, appealed.result.level, language)), "", esc(appealed.appeal.text)]
    made = appealed.appeal
    files = [[proofs_button(made.assessment_id, made, language)]] if made.proofs else []
    return Message("\n".join(lines), [*files, [_open(made.assessment_id, language)]], protected=True)


def answer_message(appealed: Appealed, standard: Standard, language: str) -> Message:
    """Tells the employee how the appeal was answered."""
    reopened = appealed.appeal.reopened
    heading = say(language, "news-appeal-reopened" if reopened else "news-appeal-answered")
    lines = [bold(heading), esc(_what(standard, appealed.result.level, language)), "", esc(appealed.appeal.answer)]
    return Message("\n".join(lines), [] if reopened else [[_see(appealed.result.id, language)]], protected=True)


def expiry_message(shown: ResultView, days: int, language: str) -> Message:
    """Tells the employee until when a result is valid, and that this is in `days` days."""
    until = shown.valid_until
    assert until is not None
    lines = [
        bold(say(language, "news-expires", days=days)),
        esc(_what(shown.standard, shown.result.level, language)),
        esc(say(language, "news-valid-until", date=until.isoformat())),
    ]
    return Message("\n".join(lines), [[_see(shown.id, language)]], protected=True)


def fault_message(found: FaultCounts, language: str) -> Message:
    """Tells an administrator what doesn't get through by itself, and which command shows it."""
    lines = [bold(say(language, "news-faults"))]
    for word, count, shown_by in (
        ("failing", found.failing, "qualify notices list --owed"),
        ("refused", found.refused, "qualify notices list"),
        ("set-aside", found.set_aside, "qualify inbox list"),
    ):
        if count:
            lines += ["", esc(say(language, f"news-faults-{word}", count=count)), f"<code>{shown_by}</code>"]
    if found.rescoring:
        lines += ["", esc(say(language, "news-faults-rescoring", count=found.rescoring))]
    return Message("\n".join(lines), [])


def _what(standard: Standard, level: str, language: str) -> str:
    named = standard.name.in_language(language), standard.level(level).name.in_language(language)
    return say(language, "news-what", standard=named[0], level=named[1])


def _open(assessment_id: int, language: str) -> Button:
    return admin(say(language, "news-open"), "case", assessment_id, style="primary")


def _see(result_id: int, language: str) -> Button:
    return button(say(language, "news-see-result"), command(To.RESULT, result_id))
