"""A small standard of an organisation's own that asks something of applicants: no shipped one does."""

import shutil
from pathlib import Path

from qualify.paths import STANDARDS
from qualify.standard import Catalogue

FIELD = "field-work"
_FIELD_WORK = """
id: field-work
version: 1
name: {zh: 外勤标准, en: Field work}
rating: {kind: points, step: 0.5}
levels: [{id: one, name: {zh: 一级, en: Level 1}}, {id: two, name: {zh: 二级, en: Level 2}}]
modules:
  - id: all
    name: {zh: 全部, en: All}
    elements:
      - id: visits
        name: {zh: 走访, en: Visits}
        points: {one: 100, two: 100}
        levels:
          one: {criteria: [{id: visits.1, text: {zh: 会走访。, en: Can visit.}}]}
          two: {criteria: [{id: visits.2, text: {zh: 走访得好。, en: Visits well.}}]}
grades: {rule: bands, bands: [{id: fair, name: {zh: 合格, en: Fair}, from: 0}]}
eligibility:
  - {kind: service-years, years: {one: 1, two: 2}}
  - {kind: appraisals, last: {two: 2}, accepted: [A, B]}
  - {kind: level-held, levels: {two: one}, months: 12}
"""


def asking_standards(folder: Path) -> Catalogue:
    """The shipped standards and this one, in a directory of their own."""
    directory = folder / "own-standards"
    shutil.copytree(STANDARDS, directory)
    (directory / FIELD).mkdir()
    (directory / FIELD / "v1.yaml").write_text(_FIELD_WORK, encoding="utf-8")
    return Catalogue(directory)
