"""Whom another version of a standard would change, in words and as a sheet."""

from collections.abc import Iterable, Iterator

from qualify.adoption import Prospect, Reason, Verdict
from qualify.exports import Cell, Sheet
from qualify.reporting.sheets import titled
from qualify.reporting.wording import grade_name
from qualify.scoring import plain
from qualify.services.assessments.adopting import Affected, DryRun
from qualify.standard import Standard, names
from qualify.texts import say

HEADINGS = ("staff-no", "name", "department", "level", "before", "after", "why", "to-answer", "valid-until")


def verdict_words(standard: Standard, verdict: Verdict, language: str) -> str:
    """A verdict in a few words: the total and the grade, or how many items meet the standard."""
    if verdict.total is None:
        return say(language, "result-met", met=str(verdict.met), all=str(verdict.rated))
    grade = grade_name(standard, verdict.grade if verdict.granted else None, language)
    return say(language, "adoption-verdict", total=plain(verdict.total), grade=grade)


def after_words(run: DryRun, prospect: Prospect, language: str) -> str:
    """What the other version makes of it; that it doesn't have the level, where it hasn't."""
    if prospect.after is None:
        return say(language, "adoption-level-gone")
    return verdict_words(run.new, prospect.after, language)


def reasons(run: DryRun, prospect: Prospect, language: str) -> list[str]:
    """Why the verdict would be another one, a line each."""
    elements = names(run.new, language)
    return [_reason(reason, elements.get(reason.element, reason.element), language) for reason in prospect.reasons]


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
    """Everybody whose verdict would be another one, with what stands now, what would, and why."""
    return titled(language, "adoption", HEADINGS, _rows(run, language))


def _rows(run: DryRun, language: str) -> Iterator[tuple[Cell, ...]]:
    for result, old, seen in run.affected:
        yield (
            result.staff_no,
            result.name,
            result.department,
            old.level(result.level).name.in_language(language),
            verdict_words(old, seen.before, language),
            after_words(run, seen, language),
            "\n".join(reasons(run, seen, language)),
            seen.to_answer,
            result.valid_until,
        )


def lines(run: DryRun, affected: Iterable[Affected], language: str) -> list[str]:
    """A few of them, a line each: who, before → after, and why."""
    return [
        say(
            language,
            "adoption-line",
            name=result.name,
            before=verdict_words(old, seen.before, language),
            after=after_words(run, seen, language),
            why=say(language, "explain-gain-separator").join(reasons(run, seen, language)),
        )
        for result, old, seen in affected
    ]
