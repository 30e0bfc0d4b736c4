"""Whom another version of a standard would change, in words and as a sheet."""

from collections.abc import Iterable, Iterator

from qualify.adoption import Preview, Reason, Standing
from qualify.exports import Cell, Sheet
from qualify.reporting.sheets import titled
from qualify.reporting.wording import grade_name
from qualify.scoring import plain
from qualify.services.assessments.adopting import Affected, DryRun
from qualify.standard import Standard, names
from qualify.texts import say

HEADINGS = ("staff-no", "name", "department", "level", "before", "after", "why", "to-answer", "valid-until")


def standing_words(standard: Standard, standing: Standing, language: str) -> str:
    """A standing in a few words: the total and the grade, or how many items meet the standard."""
    if standing.total is None:
        return say(language, "result-met", met=str(standing.met), all=str(standing.rated))
    grade = grade_name(standard, standing.grade if standing.granted else None, language)
    return say(language, "adoption-standing", total=plain(standing.total), grade=grade)


def after_words(run: DryRun, preview: Preview, language: str) -> str:
    """What the other version makes of it; that it doesn't have the level, where it hasn't."""
    if preview.after is None:
        return say(language, "adoption-level-gone")
    return standing_words(run.new, preview.after, language)


def reasons(run: DryRun, preview: Preview, language: str) -> list[str]:
    """Why the standing would be another one, a line each."""
    elements = names(run.new, language)
    return [_reason(reason, elements.get(reason.element, reason.element), language) for reason in preview.reasons]


def _reason(reason: Reason, element: str, language: str) -> str:
    why = say(language, "adoption-cause", cause=reason.cause.value)
    if not reason.element:
        return why
    if reason.before == reason.after:
        return say(language, "adoption-reason", element=element, why=why)
    before, after = ("—" if value is None else plain(value) for value in (reason.before, reason.after))
    return say(language, "adoption-reason-moved", element=element, before=before, after=after, why=why)


def summary(run: DryRun, language: str) -> list[str]:
    """The dry run at a glance: how many would change, and what each way of adopting does to them."""
    lines = [
        say(language, "adoption-changes", count=str(len(run.affected)), all=str(run.looked_at)),
        say(language, "adoption-unanswered", count=str(run.unanswered)) if run.unanswered else "",
        say(language, "adoption-left-out", count=str(run.left_out)) if run.left_out else "",
        say(language, "adoption-keep"),
        say(language, "adoption-convert", count=str(run.running)),
        say(language, "adoption-reassess", count=str(len(run.affected) + run.unanswered)),
    ]
    return [line for line in lines if line]


def sheet(run: DryRun, language: str) -> Sheet:
    """Everybody whose standing would be another one, with what stands now, what would, and why."""
    return titled(language, "adoption", HEADINGS, _rows(run, language))


def _rows(run: DryRun, language: str) -> Iterator[tuple[Cell, ...]]:
    for result, old, seen in run.affected:
        yield (
            result.staff_no,
            result.name,
            result.department,
            old.level(result.level).name.in_language(language),
            standing_words(old, seen.before, language),
            after_words(run, seen, language),
            "\n".join(reasons(run, seen, language)),
            seen.to_answer,
            result.valid_until,
        )


def lines(run: DryRun, affected: Iterable[Affected], language: str) -> list[str]:
    """A few of them, a line each: who, before → after, and the first reason."""
    return [
        say(
            language,
            "adoption-line",
            name=result.name,
            before=standing_words(old, seen.before, language),
            after=after_words(run, seen, language),
            why=next(iter(reasons(run, seen, language)), ""),
        )
        for result, old, seen in affected
    ]
