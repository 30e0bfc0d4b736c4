"""Who lacks what an applicant must bring, for many people at once: a standard without such rules costs nothing."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from qualify import eligibility
from qualify.eligibility import Applicant, HeldLevel, Lack
from qualify.scoring import Result
from qualify.services.context import Context
from qualify.standard import LevelHeld, Standard
from qualify.storage import results
from qualify.storage.tables import Person, StoredResult
from qualify.texts import say


@dataclass(frozen=True)
class Lacking:
    """Somebody who doesn't fulfil what the standard asks of applicants for the level, and what it is."""

    person: Person
    standard: Standard
    lacks: tuple[Lack, ...]

    def say(self, language: str) -> str:
        """Who it is and what they lack, in one line."""
        sentences = [say(language, lack.key, **self._values(lack, language)) for lack in self.lacks]
        what = say(language, "eligibility-separator").join(sentences)
        return say(language, "eligibility-line", name=self.person.name, staff_no=self.person.staff_no, lacks=what)

    def _values(self, lack: Lack, language: str) -> dict[str, object]:
        return {name: self._word(name, value, language) for name, value in lack.values.items()}

    def _word(self, name: str, value: object, language: str) -> object:
        if name == "level":
            return self.standard.level(str(value)).name.in_language(language)
        return say(language, "explain-separator").join(value) if isinstance(value, tuple) else value


def lacking(
    context: Context, connection: Connection, standard: Standard, level: str, people: Sequence[Person], *, applied: date
) -> list[Lacking]:
    """Those of the people who lack something on the day of the application, in their order. One statement for each
    thousand where a level must be held, none otherwise."""
    held = _held(context, connection, standard, people) if _asks_for_a_level(standard, level) else {}
    found = []
    for person in people:
        applicant = Applicant(person.hired_on, person.appraisals, tuple(held.get(person.id, ())))
        if lacks := eligibility.lacking(standard, level, applicant, applied):
            found.append(Lacking(person, standard, lacks))
    return found


def _asks_for_a_level(standard: Standard, level: str) -> bool:
    return any(isinstance(rule, LevelHeld) and level in rule.levels for rule in standard.eligibility)


def _held(
    context: Context, connection: Connection, standard: Standard, people: Collection[Person]
) -> dict[int, list[HeldLevel]]:
    """The levels of the standard that were granted to each of the people, whichever version it was. Of an assessment
    the last published result counts; it is held since the first one that granted it, for a correction takes no time
    away."""
    granted: dict[tuple[int, int], HeldLevel] = {}
    for stored, signed in results.published_to(connection, {person.id for person in people}, standard.id):
        key = stored.subject_id, stored.assessment_id
        if not _is_granted(stored, signed):
            granted.pop(key, None)
            continue
        since = granted[key].since if key in granted else _day(context, stored.published_at)
        granted[key] = HeldLevel(stored.level, since, stored.valid_until or date.max)
    held = defaultdict(list)
    for (subject_id, _), each in granted.items():
        held[subject_id].append(each)
    return held


def _is_granted(stored: StoredResult, signed: str | None) -> bool:
    """Whether the result grants its level: a grade that was signed says so before the figures do. Where a standard
    decides nothing, the level is held when nothing stands below it."""
    if signed is not None:
        return bool(signed)
    result = Result.model_validate_json(stored.figures)
    return not any(module.below for module in result.modules) if result.granted is None else result.granted


def _day(context: Context, published: datetime | None) -> date:
    assert published is not None, "only published results are asked for"
    return published.astimezone(context.timezone).date()
