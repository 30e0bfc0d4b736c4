"""`qualify assess show`: one assessment as who decides about it sees it, in words and as JSON."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import typer

from qualify.cli.terminal import AsJson, AssessmentId, Language, Terminal, aligned, terminal
from qualify.texts import one_line

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from qualify.services.progress import Case
    from qualify.services.results import Shown
    from qualify.storage.tables import Appeal, Evidence, Review


class Seen(NamedTuple):
    """A case with the notes and files of each review (without those that the one who looks may not read), and with
    the result once there is one to see."""

    case: Case
    evidence: dict[int, list[Evidence]]
    shown: Shown | None
    zone: ZoneInfo

    def day(self, moment: datetime) -> str:
        """The company's day of a moment."""
        return moment.astimezone(self.zone).date().isoformat()


def show_assessment(
    context: typer.Context, assessment: AssessmentId, as_json: AsJson = False, language: Language = None
) -> None:
    """One assessment: its reviews with their notes and files, where assessors disagree, signature and appeal."""
    from qualify.cli.database import open_company
    from qualify.services import progress, results

    term = terminal(context, language, as_json=as_json)
    with open_company(term) as (company, actor):
        case = progress.case(company, actor, assessment)
        evidence = progress.evidence(company, actor, case)
        shown = results.of_assessment(company, actor, assessment) if case.result else None
    seen = Seen(case, evidence, shown, company.timezone)
    term.show(_as_data(seen), lambda: _in_words(seen, term))


def _as_data(seen: Seen) -> dict[str, object]:
    found, subject = seen.case.assessment, seen.case.subject
    return {
        "id": found.id,
        "standard": found.standard,
        "version": found.version,
        "level": found.level,
        "subject": {"staff_no": subject.staff_no, "name": subject.name},
        "application_date": found.application_date.isoformat(),
        "due_date": found.due_date.isoformat(),
        "state": found.state,
        "sign_off": found.sign_off,
        "reviews": [_review(review, name, seen) for review, name in seen.case.reviews],
        "result": _result(seen),
        "disagreements": _disagreements(seen),
        "signature": _signature(seen.shown),
        "appeal": None if seen.case.appeal is None else appeal_as_data(seen.case.appeal),
    }


def _review(review: Review, assessor: str, seen: Seen) -> dict[str, object]:
    """One review; what was kept at a step of no element has the element ""."""
    from qualify.scoring import as_number

    kept = seen.evidence.get(review.id)
    return {
        "id": review.id,
        "assessor": assessor,
        "part": review.part,
        "weight": as_number(review.weight),
        "state": review.state,
        "submitted_at": _moment(review.submitted_at),
        "returned": review.returned or None,
        "evidence": kept and [{"element": each.element, "kind": each.kind, "text": each.text} for each in kept],
        "evidence_count": None if kept is None else Counter(each.element for each in kept),
    }


def _result(seen: Seen) -> dict[str, object] | None:
    """The newest result, its grade as it was computed; whole it is in `result show`."""
    from qualify.scoring import as_number

    stored, figures = seen.case.result, seen.case.figures
    if stored is None or figures is None:
        return None
    return {
        "id": stored.id,
        "at": _moment(stored.at),
        "total": as_number(figures.total),
        "grade": figures.grade,
        "published_at": _moment(stored.published_at),
        "appeal_until": _moment(stored.appeal_until),
        "valid_until": stored.valid_until and stored.valid_until.isoformat(),
    }


def _disagreements(seen: Seen) -> list[dict[str, object]]:
    from qualify.scoring import as_number

    return [
        {
            "element": each.element,
            "apart": as_number(each.apart),
            "ratings": [{"assessor": name, "rating": as_number(rating)} for name, rating in each.ratings],
        }
        for each in seen.case.disagreements
    ]


def _signature(shown: Shown | None) -> dict[str, object] | None:
    """Who signed (None: the command line), and the grade that counts by it."""
    if shown is None or shown.signed is None:
        return None
    signed = shown.signed
    return {"by": signed.name or None, "on": signed.on.isoformat(), "grade": shown.grade, "reason": signed.reason}


def appeal_as_data(appeal: Appeal) -> dict[str, object]:
    """An appeal; `answer` is None while it waits for one."""
    return {
        "at": _moment(appeal.at),
        "text": appeal.text,
        "answer": appeal.answer or None,
        "answered_at": _moment(appeal.answered_at),
        "reopened": appeal.reopened,
    }


def _moment(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _in_words(seen: Seen, term: Terminal) -> list[str]:
    found, subject = seen.case.assessment, seen.case.subject
    dates = {"applied": found.application_date.isoformat(), "due": found.due_date.isoformat()}
    paragraphs = [
        [
            f"{found.id} · {subject.name} ({subject.staff_no}) · {found.standard} v{found.version} · {found.level}",
            term.text("cli-assessment-dates", state=term.text("life-state", state=found.state), **dates),
        ],
        _reviews_in_words(seen, term),
        _apart_in_words(seen, term),
        _outcome_in_words(seen, term),
        _appeal_in_words(seen, term),
    ]
    return "\n\n".join("\n".join(lines) for lines in paragraphs if lines).splitlines()


def _reviews_in_words(seen: Seen, term: Terminal) -> list[str]:
    from qualify.life import Part
    from qualify.scoring import plain

    rows = [
        (
            review.id,
            name,
            term.text("life-part", part=review.part),
            "—" if review.part == Part.SELF else plain(review.weight),
            _state(review, term),
            len(seen.evidence[review.id]) if review.id in seen.evidence else "—",
        )
        for review, name in seen.case.reviews
    ]
    return term.columns("review assessor part weight state evidence", rows)


def _state(review: Review, term: Terminal) -> str:
    """Where a review stands; given back, with the reason."""
    from qualify.life import ReviewState

    if review.state == ReviewState.OPEN and review.returned:
        return term.text("cli-review-returned", reason=one_line(review.returned))
    return term.text("cli-review-state", state=review.state)


def _apart_in_words(seen: Seen, term: Terminal) -> list[str]:
    """Where the assessors lie far apart, with what each of them gave."""
    from qualify.scoring import plain
    from qualify.standard import names

    if seen.shown is None or not seen.case.disagreements:
        return []
    called = names(seen.shown.standard, term.language)
    rows = [
        (f"  {called[each.element]}", " · ".join(f"{name} {plain(rating)}" for name, rating in each.ratings))
        for each in seen.case.disagreements
    ]
    return [term.text("cli-case-apart"), *aligned(rows)]


def _outcome_in_words(seen: Seen, term: Terminal) -> list[str]:
    """What was computed, who signed it, and when it was published."""
    from qualify.reporting.wording import course

    if seen.shown is None:
        return []
    return course(seen.shown, term.language, waived=not seen.case.assessment.sign_off)


def _appeal_in_words(seen: Seen, term: Terminal) -> list[str]:
    appeal = seen.case.appeal
    if appeal is None:
        return []
    lines = [term.text("cli-case-appealed", day=seen.day(appeal.at), text=one_line(appeal.text))]
    if appeal.answered_at is not None:
        key = "cli-case-reopened" if appeal.reopened else "cli-case-answered"
        lines.append(term.text(key, day=seen.day(appeal.answered_at), text=one_line(appeal.answer)))
    return lines
