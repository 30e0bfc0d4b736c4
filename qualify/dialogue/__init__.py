"""The dialogue of a review as a pure state machine: which steps there are, where one stands, what follows."""

from qualify.dialogue.cases import case_kinds, case_rules, mark_of
from qualify.dialogue.entries import Entry, EntryKind, Position, answers_of, rated
from qualify.dialogue.machine import acts, step
from qualify.dialogue.meaning import meant
from qualify.dialogue.outlook import AboveOutcome, Differing, ExamOutcome, News, Outlook, UnmetKey, news_of, outlook
from qualify.dialogue.plan import Plan, Step, StepKind, is_offered, plan
from qualify.dialogue.situation import Act, Action, Outcome, Situation
from qualify.dialogue.typed import has_words
from qualify.dialogue.view import CriterionLine, Screen, SummaryRow, may_submit, view

__all__ = [
    "AboveOutcome",
    "Act",
    "Action",
    "CriterionLine",
    "Differing",
    "Entry",
    "EntryKind",
    "ExamOutcome",
    "News",
    "Outcome",
    "Outlook",
    "Plan",
    "Position",
    "Screen",
    "Situation",
    "Step",
    "StepKind",
    "SummaryRow",
    "UnmetKey",
    "acts",
    "answers_of",
    "case_kinds",
    "case_rules",
    "has_words",
    "is_offered",
    "mark_of",
    "may_submit",
    "meant",
    "news_of",
    "outlook",
    "plan",
    "rated",
    "step",
    "view",
]
