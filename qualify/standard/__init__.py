"""What a standard is, and how its file is read, checked, frozen and described.

Public names are re-exported here; the rest of the project imports from `qualify.standard` only.
"""

from qualify.standard.describe import describe
from qualify.standard.load import Catalogue, check, find, load, parse, shipped, text_of
from qualify.standard.model import (
    Appraisals,
    BandGrades,
    CaseKind,
    CountingGrades,
    Criterion,
    Deduction,
    Element,
    Exam,
    GradeBand,
    Level,
    LevelCriteria,
    LevelHeld,
    Module,
    PointsRating,
    ScaleRating,
    ServiceYears,
    SettingsMark,
    Standard,
    Subject,
    Text,
    all_criteria,
    all_subjects,
    asked_at,
    criteria_at,
    inherited_from,
    lines_at,
)
from qualify.standard.naming import label, names
from qualify.standard.problems import Problem, problems_of
from qualify.standard.schema import schema_text
from qualify.standard.settings import StandardSettings, overlaid, read_settings
from qualify.standard.structure import lock_line, released, structure_hash

__all__ = [
    "Appraisals",
    "BandGrades",
    "CaseKind",
    "Catalogue",
    "CountingGrades",
    "Criterion",
    "Deduction",
    "Element",
    "Exam",
    "GradeBand",
    "Level",
    "LevelCriteria",
    "LevelHeld",
    "Module",
    "PointsRating",
    "Problem",
    "ScaleRating",
    "ServiceYears",
    "SettingsMark",
    "Standard",
    "StandardSettings",
    "Subject",
    "Text",
    "all_criteria",
    "all_subjects",
    "asked_at",
    "check",
    "criteria_at",
    "describe",
    "find",
    "inherited_from",
    "label",
    "lines_at",
    "load",
    "lock_line",
    "names",
    "overlaid",
    "parse",
    "problems_of",
    "read_settings",
    "released",
    "schema_text",
    "shipped",
    "structure_hash",
    "text_of",
]
