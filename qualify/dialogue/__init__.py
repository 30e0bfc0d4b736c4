"""The dialogue of a review as a pure state machine: which steps there are, where one stands, what follows."""

from qualify.dialogue.entries import Entry, EntryKind, Position, answers_of
from qualify.dialogue.machine import acts, step
from qualify.dialogue.plan import Plan, Step, StepKind, is_offered, plan
from qualify.dialogue.situation import Act, Action, Outcome, Situation
from qualify.dialogue.typed import has_words, is_number
from qualify.dialogue.view import CriterionLine, Screen, SummaryRow, may_submit, view

__all__ = [
    "Act",
    "Action",
    "CriterionLine",
    "Entry",
    "EntryKind",
    "Outcome",
    "Plan",
    "Position",
    "Screen",
    "Situation",
    "Step",
    "StepKind",
    "SummaryRow",
    "acts",
    "answers_of",
    "has_words",
    "is_number",
    "is_offered",
    "may_submit",
    "plan",
    "step",
    "view",
]
