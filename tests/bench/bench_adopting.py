"""How long administrators wait for a dry run: 5,000 people's results against another version of their standard."""

import shutil
import time
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from qualify.scoring import Answers, Mark, Result, ReviewInput, score
from qualify.services.assessments import adopting
from qualify.standard import Standard, all_subjects, criteria_at
from tests.bench.measuring import say
from tests.builders import APPLIED
from tests.company import OPERATOR, SCALE, Company
from tests.many_results import publish_many
from tests.test_services_assessments_adopting import lenient, released_next

RESULTS, MOST_SECONDS, ROUNDS, SEED = 5000, 2.0, 3, 7
MARKS = (*[Mark.MET] * 6, Mark.PARTLY, Mark.NOT_MET, Mark.NOT_OBSERVED)


def main(count: int = RESULTS) -> bool:
    """Measure and report. Returns whether the target was met."""
    met = True
    with TemporaryDirectory() as folder, closing(Company(f"sqlite:///{folder}/q.sqlite3", Path(folder))) as company:
        standard, chance = company.context.standards.get(SCALE, 2), Random(SEED)
        publish_many(company.context, [_result(standard, chance) for _ in range(count)])
        for what, edit in (("one element's criteria at one level", lenient), ("the table of suggestions", stricter)):
            released_next(company, edit)
            seconds, affected = _measured(company)
            met &= seconds <= MOST_SECONDS
            say(f"dry run over {count} results, {what} differs: {seconds:.2f} s, {affected} affected")
            shutil.rmtree(company.folder / "standards")
    return met


def _result(standard: Standard, chance: Random) -> Result:
    level = chance.choice(standard.levels).id
    asked = [each.id for element in standard.elements_at(level) for each in criteria_at(element, level)]
    marks = {criterion: chance.choice(MARKS) for criterion in asked}
    scores = {subject.id: Decimal(chance.randint(40, int(subject.max))) for subject in all_subjects(standard)}
    return score(standard, level, [ReviewInput(answers=Answers(marks=marks, scores=scores))], APPLIED)


def _measured(company: Company) -> tuple[float, int]:
    """The median seconds of a dry run, and how many people it names."""
    taken, named = [], 0
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        named = len(adopting.dry_run(company.context, OPERATOR, SCALE, 3).affected)
        taken.append(time.perf_counter() - begun)
    return median(taken), named


def stricter(document: Any) -> None:
    """A suggestion of 4 takes more than before."""
    document["rating"]["suggestion"]["rows"][1]["share"] = 0.85
