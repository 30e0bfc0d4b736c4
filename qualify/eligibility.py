"""What an applicant must bring before a level is assessed, where a standard's file says so (基本条件). Pure.

A rule is fulfilled, or it isn't, or nobody can tell, because the company doesn't know the day somebody came or how they
were appraised; what isn't known isn't fulfilled.
"""

import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from qualify.standard import Appraisals, LevelHeld, ServiceYears, Standard

DAY = timedelta(days=1)


class HeldLevel(NamedTuple):
    """A level of the standard that was granted: valid from the day of publication to the last day, both in."""

    level: str
    since: date
    until: date


@dataclass(frozen=True)
class Applicant:
    """What is known of somebody who applies; `appraisals` are grades, the last one first."""

    hired_on: date | None = None
    appraisals: tuple[str, ...] = ()
    held: tuple[HeldLevel, ...] = ()


class Lack(NamedTuple):
    """A rule that isn't fulfilled: the key of the sentence that says so, and its values: words, numbers and days; the
    "level" by its id."""

    key: str
    values: Mapping[str, object]


def lacking(standard: Standard, level: str, applicant: Applicant, applied: date) -> tuple[Lack, ...]:
    """Which rules of the standard for the level the applicant doesn't fulfil on the day of the application, in their
    order."""
    found: list[Lack | None] = []
    for rule in standard.eligibility:
        if isinstance(rule, ServiceYears) and level in rule.years:
            found.append(_service(rule.years[level], applicant.hired_on, applied))
        elif isinstance(rule, Appraisals) and level in rule.last:
            found.append(_appraisals(rule.last[level], rule.accepted, applicant.appraisals))
        elif isinstance(rule, LevelHeld) and level in rule.levels:
            since = held_since(standard, rule.levels[level], applicant.held, applied)
            found.append(_level_held(rule.levels[level], rule.months, since, applied))
    return tuple(lack for lack in found if lack is not None)


def served_from(hired_on: date, years: Decimal) -> date:
    """The first day with so many years of service: calendar months after the day somebody came; a month without that
    day has it at its end. 1.5 years are 18 months, and a part of a month counts as a whole one."""
    return hired_on + relativedelta(months=int((years * 12).to_integral_value(ROUND_CEILING)))


def held_since(standard: Standard, level: str, held: Collection[HeldLevel], day: date) -> date | None:
    """Since when the level, or a higher one, has been held without a gap up to the day; None where it isn't held
    then."""
    ids = [each.id for each in standard.levels]
    enough = ids[ids.index(level) :]
    since, until = None, date.min
    for each in sorted(held, key=lambda each: each.since):
        if each.level not in enough or each.since > day:
            continue
        if since is None or each.since - DAY > until:
            since, until = each.since, each.until
        until = max(until, each.until)
    return since if until >= day else None


def _service(years: Decimal, hired_on: date | None, applied: date) -> Lack | None:
    values: dict[str, object] = {"years": int(years) if years == int(years) else f"{years.normalize():f}"}
    if hired_on is None:
        return Lack("eligibility-service-unknown", values)
    enough = served_from(hired_on, years)
    if enough <= applied:
        return None
    return Lack("eligibility-service-short", values | {"hired": hired_on, "enough": enough})


def _appraisals(last: int, accepted: Collection[str], known: tuple[str, ...]) -> Lack | None:
    good = set(map(_word, accepted))
    others = tuple(each for each in known[:last] if _word(each) not in good)
    values: dict[str, object] = {"last": last, "accepted": tuple(accepted)}
    if others:
        return Lack("eligibility-appraisals-other", values | {"others": others})
    if len(known) < last:
        return Lack("eligibility-appraisals-unknown", values | {"known": len(known)})
    return None


def _word(grade: str) -> str:
    """A grade as grades are compared."""
    return "".join(unicodedata.normalize("NFKC", grade).split()).casefold()


def _level_held(level: str, months: int, since: date | None, applied: date) -> Lack | None:
    if since is None:
        return Lack("eligibility-level-none", {"level": level})
    enough = since + relativedelta(months=months)
    if enough <= applied:
        return None
    return Lack("eligibility-level-short", {"level": level, "months": months, "since": since, "enough": enough})
