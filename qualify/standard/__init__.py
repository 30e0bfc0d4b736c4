"""What a standard is, and how its file is read, checked, frozen and described.

Public names are re-exported here; the rest of the project imports from `qualify.standard` only.
"""

from qualify.standard.describe import describe
from qualify.standard.load import Catalogue, check, find, load, parse, shipped
from qualify.standard.model import (
    Criterion,
    Deduction,
    Element,
    Exam,
    GradeBand,
    Level,
    LevelCriteria,
    Module,
    PointsRating,
    ScaleRating,
    Standard,
    Subject,
    Text,
    all_criteria,
    all_subjects,
    asked_at,
    criteria_at,
)
from qualify.standard.naming import label, names
from qualify.standard.problems import Problem, problems_of
from qualify.standard.schema import schema_text
from qualify.standard.structure import lock_line, released, structure_hash

__all__ = [
    "Catalogue",
    "Criterion",
    "Deduction",
    "Element",
    "Exam",
    "GradeBand",
    "Level",
    "LevelCriteria",
    "Module",
    "PointsRating",
    "Problem",
    "ScaleRating",
    "Standard",
    "Subject",
    "Text",
    "all_criteria",
    "all_subjects",
    "asked_at",
    "check",
    "criteria_at",
    "describe",
    "find",
    "label",
    "load",
    "lock_line",
    "names",
    "parse",
    "problems_of",
    "released",
    "schema_text",
    "shipped",
    "structure_hash",
]
