"""`qualify assess show`: one assessment as the people who decide about it see it, in words and as JSON."""

from __future__ import annotations

from collections import Counter
from datetime import UTC
from typing import TYPE_CHECKING

import typer

from qualify.cli import lazy
from qualify.cli.terminal import AsJson, AssessmentId, Language, Terminal, aligned, terminal
from qualify.texts import one_line
from qualify.workflow import Part

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from qualify.scoring import ElementResult
    from qualify.services.assessments.facts import Matter
    from qualify.services.assessments.overview import Overview, ResultView, ReviewOverview
    from qualify.storage.tables import Appeal, Evidence


def show_assessment(
    context: typer.Context, assessment: AssessmentId, as_json: AsJson = False, language: Language = None
) -> None:
    """One assessment: its reviews with their notes and files, where assessors disagree, signature and appeal."""
    term = terminal(context, language, as_json=as_json)
    with lazy.database.open_company(term) as (company, actor):
        view = lazy.overview.view(company, actor, assessment)
    term.show(_as_data(view), lambda: _in_words(view, company.timezone, term))


def _as_data(view: Overview) -> dict[str, object]:
    found, subject = view.assessment, view.subject
    return {
        "id": found.id,
        "standard": found.standard,
        "version": found.version,
        "level": found.level,
        "subject": {"staff_no": subject.staff_no, "name": subject.name},
        "application_date": found.application_date.isoformat(),
        "due_date": found.due_date.isoformat(),
        "exception": view.exception or None,
        "state": found.state,
        "sign_off": found.sign_off,
        "reviews": [_review(review) for review in view.reviews],
        "result": _result(view.result),
        "disagreements": _disagreements(view),
        "to_settle": [_matter(each, view) for each in view.matters],
        "signature": _signature(view.result),
        "appeal": None if view.appeal is None else appeal_as_data(view.appeal),
    }


def _review(review: ReviewOverview) -> dict[str, object]:
    """One review; what was kept at a step of no element has the element "". The assessor is None where the viewer may
    not know them."""
    kept = review.notes
    return {
        "id": review.id,
        "assessor": review.assessor or None,
        "part": review.part,
        "weight": lazy.scoring.as_number(review.weight),
        "state": review.state,
        "submitted_at": _moment(review.submitted_at),
        "returned": review.returned or None,
        "evidence": kept and [_evidence(each) for each in kept],
        "evidence_count": None if kept is None else Counter(each.element for each in kept),
    }


def _evidence(kept: Evidence) -> dict[str, object]:
    """A note or a file; of what was taken back no more than that."""
    return {
        "element": kept.element,
        "kind": kept.kind,
        "text": kept.text,
        "file_name": kept.file_name or None,
        "edited": kept.earlier != "[]",
        "taken_back_at": _moment(kept.taken_back_at),
    }


def _result(shown: ResultView | None) -> dict[str, object] | None:
    """The newest result, its grade as it was computed; whole it is in `result show`."""
    if shown is None:
        return None
    stored, figures = shown.stored, shown.result
    return {
        "id": stored.id,
        "at": _moment(stored.at),
        "total": lazy.scoring.as_number(figures.total),
        "grade": figures.grade,
        "published_at": _moment(stored.published_at),
        "appeal_until": _moment(shown.appeal_until and shown.appeal_until.astimezone(UTC)),
        "valid_until": stored.valid_until and stored.valid_until.isoformat(),
    }


def _disagreements(view: Overview) -> list[dict[str, object]]:
    """Where the assessors lie far apart, with how they marked each criterion where the viewer reads that."""
    criteria = {}
    if view.result is not None and view.result.opens_answers:
        criteria = {element.id: _criteria(element) for element in view.result.result.elements}
    return [
        {
            "element": each.element,
            "criteria": criteria.get(each.element),
            "apart": lazy.scoring.as_number(each.apart),
            "ratings": [{"assessor": name, "rating": lazy.scoring.as_number(rating)} for name, rating in each.ratings],
        }
        for each in view.disagreements
    ]


def _matter(matter: Matter, view: Overview) -> dict[str, object]:
    """Something to settle or that was settled: the scores of a subject, or two cases that are likely one."""
    names = {review.id: review.assessor for review in view.reviews}
    if isinstance(matter, lazy.facts.CaseMatter):
        pairs = zip(matter.cases, matter.reviews, strict=True)
        cases = [
            {"adopted": case.adopted.isoformat(), "title": case.title, "assessors": [names[each] for each in listed]}
            for case, listed in pairs
        ]
        return {"cases": cases, "settled": matter.is_settled, "same": matter.same}
    claims = [
        {
            "score": lazy.scoring.as_number(claim.score),
            "list": claim.listed_on and claim.listed_on.isoformat(),
            "assessors": [names[each] for each in claim.reviews],
        }
        for claim in matter.claims
    ]
    stands = lazy.scoring.as_number(matter.stands)
    return {"subject": matter.subject, "claims": claims, "settled": matter.is_settled, "stands": stands}


def _criteria(element: ElementResult) -> list[dict[str, object]]:
    return [
        {"criterion": each.criterion, "marks": [{"assessor": name, "mark": mark.value} for name, mark in each.marks]}
        for each in lazy.scoring.by_criterion(element)
    ]


def _signature(shown: ResultView | None) -> dict[str, object] | None:
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


def _in_words(view: Overview, zone: ZoneInfo, term: Terminal) -> list[str]:
    found, subject = view.assessment, view.subject
    dates = {"applied": found.application_date.isoformat(), "due": found.due_date.isoformat()}
    paragraphs = [
        [
            f"{found.id} · {subject.name} ({subject.staff_no}) · {found.standard} v{found.version} · {found.level}",
            term.text("cli-assessment-dates", state=term.text("life-state", state=found.state), **dates),
            *([term.text("cli-assessment-exception", reason=view.exception)] if view.exception else []),
        ],
        _reviews_in_words(view, term),
        _apart_in_words(view, term),
        _matters_in_words(view, term),
        _outcome_in_words(view, term),
        _appeal_in_words(view, zone, term),
    ]
    return "\n\n".join("\n".join(lines) for lines in paragraphs if lines).splitlines()


def _reviews_in_words(view: Overview, term: Terminal) -> list[str]:
    rows = [
        (
            review.id,
            lazy.wording.assessor_name(review, term.language),
            term.text("life-part", part=review.part),
            "—" if review.part is Part.SELF else lazy.scoring.plain(review.weight),
            _state(review, term),
            "—" if review.notes is None else len(review.notes),
        )
        for review in view.reviews
    ]
    return term.columns("review assessor part weight state evidence", rows)


def _state(review: ReviewOverview, term: Terminal) -> str:
    """Where a review stands, with the reason where it was returned."""
    if review.is_open and review.returned:
        return term.text("cli-review-returned", reason=one_line(review.returned))
    return term.text("cli-review-state", state=review.state)


def _apart_in_words(view: Overview, term: Terminal) -> list[str]:
    """Where the assessors lie far apart, with what each of them gave."""
    if view.result is None or not view.disagreements:
        return []
    called = lazy.standard.names(view.result.standard, term.language)
    rows = [
        (
            f"  {called[each.element]}",
            " · ".join(f"{name} {lazy.scoring.plain(rating)}" for name, rating in each.ratings),
        )
        for each in view.disagreements
    ]
    return [term.text("cli-case-apart"), *aligned(rows)]


def _matters_in_words(view: Overview, term: Terminal) -> list[str]:
    """What has to be settled before anybody signs, as `assess settle` names it, or was settled."""
    if not view.matters:
        return []
    lines, pairs = [], 0
    for each in view.matters:
        if isinstance(each, lazy.facts.ScoreMatter):
            option = f"--subject {each.subject}"
        else:
            pairs += 1
            option = f"--cases {pairs}"
        lines.append((f"  {option}", lazy.matters.sentence(each, view, term.language)))
    return [term.text("cli-case-settle"), *aligned(lines)]


def _outcome_in_words(view: Overview, term: Terminal) -> list[str]:
    """What was computed, who signed it, and when it was published."""
    if view.result is None:
        return []
    return lazy.wording.course(view.result, term.language, waived=not view.assessment.sign_off)


def _appeal_in_words(view: Overview, zone: ZoneInfo, term: Terminal) -> list[str]:
    appeal = view.appeal
    if appeal is None:
        return []
    lines = [term.text("cli-case-appealed", day=_day(appeal.at, zone), text=one_line(appeal.text))]
    if appeal.answered_at is not None:
        key = "cli-case-reopened" if appeal.reopened else "cli-case-answered"
        lines.append(term.text(key, day=_day(appeal.answered_at, zone), text=one_line(appeal.answer)))
    return lines


def _day(moment: datetime, zone: ZoneInfo) -> str:
    return moment.astimezone(zone).date().isoformat()
