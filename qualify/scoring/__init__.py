"""From answers to a result with the origin of every number. Pure: no clock, no database, no words, exact numbers."""

from qualify.scoring.answers import (
    check_answers,
    check_rating,
    check_score,
    number,
    read_answers,
    read_date,
    read_period,
)
from qualify.scoring.comparing import (
    Comparison,
    CriterionMarks,
    Disagreement,
    by_criterion,
    compare,
    disagreements,
    met,
    ranks,
)
from qualify.scoring.deduction import fits, window_start
from qualify.scoring.facts import facts_of, likely_twins
from qualify.scoring.model import (
    NOTHING_KNOWN,
    Answers,
    Case,
    ElementResult,
    ElementReview,
    Facts,
    Known,
    Mark,
    Result,
    ReviewInput,
    ScoreConflict,
)
from qualify.scoring.numbers import as_number, percent, plain, round_half_up
from qualify.scoring.rating import composite, exam_mean, points_possible, rate_exam, share, suggest, target
from qualify.scoring.score import score

__all__ = [
    "NOTHING_KNOWN",
    "Answers",
    "Case",
    "Comparison",
    "CriterionMarks",
    "Disagreement",
    "ElementResult",
    "ElementReview",
    "Facts",
    "Known",
    "Mark",
    "Result",
    "ReviewInput",
    "ScoreConflict",
    "as_number",
    "by_criterion",
    "check_answers",
    "check_rating",
    "check_score",
    "compare",
    "composite",
    "disagreements",
    "exam_mean",
    "facts_of",
    "fits",
    "likely_twins",
    "met",
    "number",
    "percent",
    "plain",
    "points_possible",
    "ranks",
    "rate_exam",
    "read_answers",
    "read_date",
    "read_period",
    "round_half_up",
    "score",
    "share",
    "suggest",
    "target",
    "window_start",
]
