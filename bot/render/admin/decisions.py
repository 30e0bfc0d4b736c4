"""The questions that are asked before something is done with an assessment, each with its answers as buttons."""

from datetime import date, timedelta

from bot.render.admin.case import heading_words
from bot.render.admin.menu import admin, back, brief
from bot.render.admin.opening_form import person_words
from bot.render.admin.opening_form_choices import page_turns
from bot.render.message import Button, Message, Rows, bold, esc, in_rows
from qualify.reporting.wording import grade_name
from qualify.services.assessments.overview import Overview
from qualify.services.assessments.sign_off import NOT_GRANTED
from qualify.services.people.directory import AssessorPage
from qualify.texts import say
from qualify.workflow import Part

LONGER = (1, 2)
"""For how many weeks the due date can be put off by a button."""


def question(view: Overview, sentence: str, rows: Rows, language: str) -> Message:
    """A message with whose assessment it is, the question, its answers as buttons, and the way back."""
    text = f"{bold(heading_words(view, language))}\n\n{esc(sentence)}"
    return Message(text, [*rows, [back(language, "case", view.id)]])


def extend_message(view: Overview, today: date, language: str) -> Message:
    """Asks until when the assessment is put off. The buttons carry the day itself, so a doubled press puts it off
    once."""
    due = view.assessment.due_date
    days = [(weeks, max(due, today) + timedelta(weeks=weeks)) for weeks in LONGER]
    buttons = [_longer(view, weeks, day, language) for weeks, day in days]
    other = admin(say(language, "admin-form-other-date"), "case-due", view.id)
    return question(view, say(language, "admin-case-ask-extend", due=due.isoformat()), [buttons, [other]], language)


def _longer(view: Overview, weeks: int, day: date, language: str) -> Button:
    text = say(language, "admin-case-longer", weeks=str(weeks), date=f"{day:%m-%d}")
    return admin(text, "case-extend", view.id, day.toordinal())


def reassign_message(view: Overview, language: str) -> Message:
    """Asks whose review is given to somebody else."""
    buttons = [admin(brief(review.assessor), "case-reassign", view.id, review.id) for review in view.owed]
    return question(view, say(language, "admin-case-ask-reassign"), in_rows(buttons, 2), language)


def not_newcomers(view: Overview) -> set[int]:
    """The ids of people who can't take a review over: those who rate here already, and the subject."""
    return {view.subject.id, *(each.assessor_id for each in view.standing if each.assessor_id is not None)}


def newcomers_message(view: Overview, review_id: int, offered: AssessorPage, language: str) -> Message:
    """Asks who takes the review over; says so when there is nobody."""
    name = next((review.assessor for review in view.owed if review.id == review_id), "")
    if not offered.people:
        return question(view, say(language, "admin-case-no-newcomer"), [], language)
    buttons = [
        admin(person_words(person, language), "case-newcomer", view.id, review_id, person.id)
        for person in offered.people
    ]
    rows = [*in_rows(buttons, 1), *page_turns(offered, "case-reassign", language, view.id, review_id)]
    return question(view, say(language, "admin-case-ask-newcomer", name=brief(name)), rows, language)


def withdraw_message(view: Overview, language: str) -> Message:
    """Asks whether the assessment is withdrawn, with a button that says yes."""
    yes = admin(say(language, "admin-case-withdraw-yes"), "case-withdraw", view.id, 1, style="danger")
    return question(view, say(language, "admin-case-ask-withdraw", name=brief(view.subject.name)), [[yes]], language)


def publish_message(view: Overview, language: str) -> Message:
    """Asks whether the result is published; says so where its employee hasn't joined and can't be told."""
    name = brief(view.subject.name)
    asked = say(language, "admin-case-ask-publish", name=name)
    if not view.subject.joined:
        asked += "\n\n" + say(language, "admin-case-publish-unheard", name=name)
    yes = admin(say(language, "admin-case-publish-yes"), "case-publish", view.id, 1, style="success")
    return question(view, asked, [[yes]], language)


def sign_message(view: Overview, language: str) -> Message:
    """Asks whether to sign with the computed grade or another one. The buttons carry the result that was looked at."""
    assert view.result is not None
    key, values = "admin-case-sign-result", {}
    rows = []
    if view.standard.grades is not None:
        key, values = "admin-case-sign-as", {"grade": grade_name(view.standard, view.result.result.grade, language)}
        rows = [[admin(say(language, "admin-case-other-grade"), "case-grade", view.id, view.result.id)]]
    sign = admin(say(language, key, **values), "case-sign", view.id, view.result.id, style="success")
    return question(view, say(language, "admin-case-ask-sign"), [[sign], *rows], language)


def grades_of(view: Overview) -> list[str]:
    """The ids of the grades that can be given instead of the computed one; the last says that the level is not granted.
    Empty for a standard without grades."""
    return [*(band.id for band in view.standard.grades.bands), NOT_GRANTED] if view.standard.grades else []


def given_words(view: Overview, grade: str, language: str) -> str:
    """The name of one of `grades_of`."""
    return grade_name(view.standard, None if grade == NOT_GRANTED else grade, language)


def grades_message(view: Overview, language: str) -> Message:
    """Asks which grade is given instead of the computed one."""
    assert view.result is not None
    computed = view.result.result.grade or NOT_GRANTED
    buttons = [
        admin(given_words(view, grade, language), "case-grade", view.id, view.result.id, index)
        for index, grade in enumerate(grades_of(view))
        if grade != computed
    ]
    return question(view, say(language, "admin-case-ask-grade"), in_rows(buttons, 2), language)


def grade_reason_message(view: Overview, grade: str, language: str) -> Message:
    """Asks why the grade differs from the computed one."""
    assert view.result is not None
    computed = grade_name(view.standard, view.result.result.grade, language)
    given = given_words(view, grade, language)
    return question(view, say(language, "admin-case-ask-grade-reason", computed=computed, given=given), [], language)


def return_message(view: Overview, language: str) -> Message:
    """Asks whether to return all submitted reviews or only one assessor's."""
    every = admin(say(language, "admin-case-return-all"), "case-return-why", view.id)
    submitted = [review for review in view.standing if not review.is_open and review.part is not Part.SELF]
    one = [admin(brief(review.assessor), "case-return-why", view.id, review.id) for review in submitted]
    return question(view, say(language, "admin-case-ask-return"), [[every], *in_rows(one, 2)], language)
