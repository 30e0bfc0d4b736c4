"""What goes into scoring (an assessor's answers) and what comes out (the frozen result)."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import Annotated, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, PlainValidator


class Mark(StrEnum):
    """The answer to one criterion."""

    MET = "met"
    PARTLY = "partly"
    NOT_MET = "not_met"
    NOT_OBSERVED = "not_observed"


class Case(NamedTuple):
    """A published case: the day it was adopted, its title when known, and its kind where the standard tells kinds."""

    adopted: date
    title: str = ""
    kind: str = ""


class Figures(BaseModel):
    """A frozen record that survives a round trip through JSON unchanged."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Answers(Figures):
    """One review as given: marks by criterion, ratings and reasons by element, scores by subject, cases, and which of
    them that look alike are `distinct` (by what the dialogue knows a pair by: it doesn't count, whoever signs settles).

    An absent mark counts as not observed, an absent score as not taken, an absent rating as the suggestion.
    """

    marks: dict[str, Mark] = Field(default_factory=dict)
    ratings: dict[str, Decimal] = Field(default_factory=dict)
    reasons: dict[str, str] = Field(default_factory=dict)
    scores: dict[str, Decimal | None] = Field(default_factory=dict)
    cases: tuple[Case, ...] = ()
    distinct: tuple[str, ...] = ()


class ReviewInput(Figures):
    """One assessor's answers and their weight in the mean; `assessor` is a display name, may be empty."""

    answers: Answers
    weight: Decimal = Decimal(1)
    assessor: str = ""


class Known(Figures):
    """What is known of an assessment beside its reviews: `scores` that examinations' lists gave, by subject, and what
    whoever signs has settled: which score stands, which two cases are the `same`, and which are `distinct`."""

    scores: dict[str, Decimal] = {}
    settled: dict[str, Decimal | None] = {}
    same: tuple[tuple[Case, Case], ...] = ()
    distinct: tuple[tuple[Case, Case], ...] = ()


NOTHING_KNOWN = Known()


class ScoreConflict(Figures):
    """Different scores that were given for one examination; whoever signs says which one stands.

    Until then it is `counts`. `listed` is the one that a list has; `reviews` are for each of the scores the places,
    from 0, of the reviews that gave it. Results made before these were kept have none of the three."""

    subject: str
    scores: tuple[Decimal, ...]
    counts: Decimal | None = None
    listed: Decimal | None = None
    reviews: tuple[tuple[int, ...], ...] = ()


class Facts(Figures):
    """What holds of an assessment whoever rates: one score a subject, each case once. `conflicts` and `twins` (two
    cases that are likely one) wait for whoever signs."""

    scores: dict[str, Decimal | None] = {}
    cases: tuple[Case, ...] = ()
    conflicts: tuple[ScoreConflict, ...] = ()
    twins: tuple[tuple[Case, Case], ...] = ()


def _read_fraction(value: object) -> Fraction:
    return value if isinstance(value, Fraction) else _fraction(str(value))


@lru_cache(maxsize=1024)  # shares are few, and reading one costs more than finding it
def _fraction(written: str) -> Fraction:
    return Fraction(written)


ExactShare = Annotated[Fraction, PlainValidator(_read_fraction), PlainSerializer(str)]


class ElementReview(Figures):
    """How one assessor arrived at an element's rating; shares are 0…1, exact.

    `marks` are those of the level's criteria; `above`, when any was answered, those of the next level's."""

    assessor: str
    weight: Decimal
    marks: dict[str, Mark] = {}
    above: dict[str, Mark] = {}
    share: ExactShare | None = None
    scores: dict[str, Decimal | None] = {}
    mean_score: Decimal | None = None
    suggestion: Decimal | None = None
    rating: Decimal | None = None
    reason: str = ""


class ElementResult(Figures):
    """One element's outcome. `target` is what meets the standard (all points, or the scale's target);
    `gap` = target − rating, negative when the rating exceeds it; None where nothing was rated.

    `rating` is what is shown, one decimal for several assessors; `exact` their mean, from which totals are summed (None
    in results made before totals were)."""

    id: str
    share: ExactShare | None
    suggestion: Decimal | None
    rating: Decimal | None
    exact: ExactShare | None = None
    possible: Decimal
    target: Decimal
    gap: Decimal | None
    reviews: tuple[ElementReview, ...]


class ModuleResult(Figures):
    """A module's sum of ratings of the sum possible, and how many elements stand below/at/above the target."""

    id: str
    got: Decimal
    possible: Decimal
    below: int
    at: int
    above: int


class DeductionResult(Figures):
    """`points` taken off because `found` of `required` cases lie in the window [`since`, `until`]. `cases` are those
    that count, `outside` those adopted on other days."""

    id: str
    points: Decimal
    found: int
    required: int
    since: date
    until: date
    cases: tuple[Case, ...] = ()
    outside: tuple[Case, ...] = ()


class Gain(Figures):
    """One step of a way up that brings `points`: raising an element, or `cases` more cases for a deduction."""

    id: str
    points: Decimal
    cases: int = 0


class WayUp(Figures):
    """The cheapest way up: the fewest changes. `keys` are the key criteria to meet before anything counts.

    `missing` points separate from `grade`, the next one, and `gains` cover them. Where grades are counted, `missing` is
    how many criteria more have to be met, any of them: there are no gains. On a scale there is no grade: `gains` are
    the elements nearest to their target, each `missing` points below it."""

    grade: str | None
    missing: Decimal
    gains: tuple[Gain, ...]
    keys: tuple[str, ...] = ()


class Result(Figures):
    """The outcome of an assessment, complete enough to explain every number without the answers.

    `grade` is given only with the level, `grade_by_total` whatever blocks it; `granted` is None where the standard
    decides nothing (no total and no key conditions). `scores` and `composite` belong to the separate exams. `conflicts`
    and `twins` have to be settled before it is signed. `unmet` are the criteria that count against the grade, where the
    standard counts."""

    standard: str
    version: int
    level: str
    application_date: date | None
    total: Decimal | None
    grade: str | None
    granted: bool | None
    grade_by_total: str | None
    blocked_by: tuple[str, ...]
    composite: Decimal | None
    scores: dict[str, Decimal | None]
    deductions: tuple[DeductionResult, ...]
    elements: tuple[ElementResult, ...]
    modules: tuple[ModuleResult, ...]
    way_up: WayUp | None
    unmet: tuple[str, ...] = ()
    conflicts: tuple[ScoreConflict, ...] = ()
    twins: tuple[tuple[Case, Case], ...] = ()
