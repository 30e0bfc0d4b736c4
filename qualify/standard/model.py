"""The types of a standard: what its file may say, field by field. Shapes only; meaning is checked in `rules`."""

from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, Discriminator, Field, PrivateAttr, StringConstraints, Tag

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9.-]*$", max_length=48)]
Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Number = Annotated[Decimal, Field(ge=0, le=100_000, decimal_places=3)]
Positive = Annotated[Decimal, Field(gt=0, le=100_000, decimal_places=3)]
Share = Annotated[Decimal, Field(ge=0, le=1, decimal_places=4)]
Rating = Annotated[int, Field(ge=0, le=10)]
Target = Annotated[int, Field(ge=1, le=10)]


class Model(BaseModel):
    """A frozen part of a standard; an unknown field is refused, so that a typing error is never ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Text(Model):
    """One text in every language of the project; a missing language is refused."""

    zh: Words
    en: Words

    def in_language(self, language: str) -> str:
        """The words for a catalogue language ("zh-CN", "en")."""
        return self.zh if language.startswith("zh") else self.en


class Level(Model):
    """A level of qualification; levels are listed low to high."""

    id: Id
    name: Text
    definition: Text | None = None


class Criterion(Model):
    """One demand that an assessor answers by itself. `key`: the level is not granted unless it is met.

    Criteria of one source `line` (counted within the element and level) share that line's weight; one without a line
    is a line of its own. A `minimum` describes the least that is asked: who does better meets it. `restored` marks what
    the source lost and the project filled in again from its like.
    """

    id: Id
    text: Text
    key: bool = False
    line: Annotated[int, Field(ge=1, le=99)] | None = None
    minimum: bool = False
    restored: bool = False


class LevelCriteria(Model):
    """What an element demands at one level. `inherits` names the level whose criteria are taken over, `inherited` says
    whether they stand before or after its own."""

    summary: Text | None = None
    inherits: Id | None = None
    inherited: Literal["before", "after"] = "after"
    criteria: tuple[Criterion, ...] = ()


def _one_or_each(weight: object) -> str:
    """Which of its two forms a weight has."""
    return "each" if isinstance(weight, dict) else "one"


Weight = Annotated[
    Annotated[Positive, Tag("one")] | Annotated[dict[Id, Positive], Tag("each")], Discriminator(_one_or_each)
]


class Subject(Model):
    """An examination subject: scores run 0…`max`; `weight` is relative within its element or exam, one for every level
    or one for each."""

    id: Id
    name: Text
    max: Positive = Decimal(100)
    weight: Weight = Decimal(1)

    def weight_at(self, level_id: str) -> Decimal:
        """The weight at the level, relative to the other subjects'."""
        return self.weight[level_id] if isinstance(self.weight, dict) else self.weight


class Element(Model):
    """What is rated: a behaviour by its criteria, or knowledge by its exam subjects.

    `points` (points ratings only) gives the points possible at every level; 0 = not asked there. `targets` (scales
    only) gives the rating that meets the standard at the levels where it isn't the scale's target. `weights_assumed`:
    the source leaves it open how much each subject weighs.
    """

    id: Id
    name: Text
    kind: Literal["behaviour", "exam"] = "behaviour"
    definition: Text | None = None
    source: Words | None = None
    points: dict[Id, Number] | None = None
    targets: dict[Id, Target] = {}
    subjects: tuple[Subject, ...] = ()
    weights_assumed: bool = False
    levels: dict[Id, LevelCriteria] = {}

    def __hash__(self) -> int:
        return hash((self.id, id(self)))


class Module(Model):
    """A group of elements (模块 / 类)."""

    id: Id
    name: Text
    definition: Text | None = None
    elements: Annotated[tuple[Element, ...], Field(min_length=1)]


class PointsRating(Model):
    """Each element is rated 0…its points at the level, in steps of `step`; the points of a level sum to 100."""

    kind: Literal["points"]
    step: Positive = Decimal("0.5")


class ScaleLabel(Model):
    """The name of one value of the scale."""

    value: Rating
    name: Text


class SuggestionRow(Model):
    """From this share (inclusive; `above`: exclusive) of the target level's criteria, this rating is suggested."""

    share: Share
    rating: Rating
    above: bool = False


class Suggestion(Model):
    """The table from share to rating, best first; the last row must catch share 0."""

    rows: Annotated[tuple[SuggestionRow, ...], Field(min_length=1)]
    assumed: bool = False


class Exceeding(Model):
    """Above the target: the target level fully met and `next_level_share` of the next level's criteria met."""

    rating: Rating
    next_level_share: Share
    assumed: bool = False


class ExamBand(Model):
    """From this whole mean score (inclusive, of 100) an exam element is rated `rating`."""

    score: Annotated[int, Field(ge=0, le=100)]
    rating: Rating


class ExamBands(Model):
    """Exam scores to ratings, best first. `untaken`: the rating when no subject was taken. `assumed`: the source leaves
    open what becomes of who took none, and how a mean is rounded; `bands_assumed`: it leaves the bands open as well."""

    bands: Annotated[tuple[ExamBand, ...], Field(min_length=1)]
    bands_assumed: bool = False
    untaken: Rating = 0
    assumed: bool = False


class ScaleRating(Model):
    """Each element is rated on one whole-number scale whose `target` means: the level's demands are met. It is what
    every element has to reach, unless an element's own `targets` say otherwise."""

    kind: Literal["scale"]
    target: Target
    labels: Annotated[tuple[ScaleLabel, ...], Field(min_length=2)]
    suggestion: Suggestion
    exceeding: Exceeding | None = None
    exam_bands: ExamBands | None = None


class Exam(Model):
    """An examination beside the elements; each subject is brought to 100 and weighted into a composite.

    `regulation` is the rule it is held by, where the source names one. `weights_assumed`: the source leaves it open how
    much each subject weighs.
    """

    id: Id
    name: Text
    definition: Text | None = None
    regulation: Text | None = None
    subjects: Annotated[tuple[Subject, ...], Field(min_length=1)]
    weights_assumed: bool = False


class CaseKind(Model):
    """A kind of published case that counts."""

    id: Id
    name: Text


class Deduction(Model):
    """`points` off for each case missing of `required` (by level), adopted within `window_months` of calendar
    months that end on the application date, both ends in.

    `kinds` are the kinds of case that count (any, where none is named), `adopted_by` who has to have adopted them.
    """

    id: Id
    name: Text
    kinds: tuple[CaseKind, ...] = ()
    adopted_by: Text | None = None
    points: Number
    required: dict[Id, Annotated[int, Field(ge=0, le=100)]]
    window_months: Annotated[int, Field(ge=1, le=120)]


class GradeBand(Model):
    """A grade within the level, from this total (inclusive)."""

    id: Id
    name: Text
    total: Annotated[Decimal, Field(alias="from", ge=0, le=100, decimal_places=3)]


class BandGrades(Model):
    """How a total becomes a grade within the level: best first."""

    rule: Literal["bands"]
    bands: Annotated[tuple[GradeBand, ...], Field(min_length=1)]
    assumed: bool = False


class CountedGrade(Model):
    """A grade within the level, as long as no more than this share (inclusive) of the criteria that aren't key
    conditions is unmet. A criterion is met when somebody observed it and everybody who did says so."""

    id: Id
    name: Text
    unmet: Share


class CountingGrades(Model):
    """How what is unmet becomes a grade within the level: best first. All key conditions have to be met for any."""

    rule: Literal["counting"]
    bands: Annotated[tuple[CountedGrade, ...], Field(min_length=1)]
    assumed: bool = False


class KeyConditions(Model):
    """What an unmet key criterion does: the total is shown, the level is not granted."""

    effect: Literal["not-granted"]
    assumed: bool = False


class ServiceYears(Model):
    """Years of service that an applicant must have on the application date, by level."""

    kind: Literal["service-years"]
    years: dict[Id, Annotated[Decimal, Field(ge=0, le=60, decimal_places=3)]]


class Appraisals(Model):
    """How many of an applicant's last appraisals, by level, must all be among the `accepted` ones."""

    kind: Literal["appraisals"]
    last: dict[Id, Annotated[int, Field(ge=1, le=20)]]
    accepted: Annotated[tuple[Words, ...], Field(min_length=1)]


class LevelHeld(Model):
    """The lower level of this standard that an applicant must hold, by level, for at least `months`."""

    kind: Literal["level-held"]
    levels: dict[Id, Id]
    months: Annotated[int, Field(ge=0, le=600)] = 0


EligibilityRule = Annotated[ServiceYears | Appraisals | LevelHeld, Field(discriminator="kind")]


class Reading(Model):
    """A reading list: the knowledge topics to prepare, in groups. `prepares_for` names the exam, the exam's subject or
    the exam element that asks about them."""

    id: Id
    name: Text
    prepares_for: Id | None = None
    topics: Annotated[tuple[Text, ...], Field(min_length=1)]


class SettingsMark(NamedTuple):
    """Which of an organisation's settings are laid over a standard: their number, and the day they begin."""

    number: int
    valid_from: date


class Standard(Model):
    """A versioned standard, whole. Levels run low to high; everything is validated when loaded.

    `lost` says what of the source is missing, one text a part; `eligibility` is what an applicant must bring.
    """

    id: Id
    version: Annotated[int, Field(ge=1, le=9999)]
    name: Text
    definition: Text | None = None
    source: Text | None = None
    lost: tuple[Text, ...] = ()
    rating: Annotated[PointsRating | ScaleRating, Field(discriminator="kind")]
    levels: Annotated[tuple[Level, ...], Field(min_length=1)]
    modules: Annotated[tuple[Module, ...], Field(min_length=1)]
    exams: tuple[Exam, ...] = ()
    deductions: tuple[Deduction, ...] = ()
    grades: Annotated[BandGrades | CountingGrades, Field(discriminator="rule")] | None = None
    eligibility: tuple[EligibilityRule, ...] = ()
    key_conditions: KeyConditions | None = None
    reading: tuple[Reading, ...] = ()

    _settings: SettingsMark | None = PrivateAttr(default=None)

    @property
    def settings(self) -> SettingsMark | None:
        """An organisation's settings, where some are laid over the standard; None for it as its file says it."""
        return self._settings

    def with_settings(self, mark: SettingsMark, **parts: object) -> "Standard":
        """A copy with these parts in the place of its own, which knows whose settings they are."""
        made = self.model_copy(update=parts)
        made._settings = mark
        return made

    def __hash__(self) -> int:
        return hash((self.id, self.version, id(self)))

    def level(self, level_id: str) -> Level:
        """The level with this id; KeyError when the standard has none."""
        for level in self.levels:
            if level.id == level_id:
                return level
        raise KeyError(level_id)

    def next_level(self, level_id: str) -> Level | None:
        """The level above, or None at the top."""
        ids = [level.id for level in self.levels]
        above = ids.index(level_id) + 1
        return self.levels[above] if above < len(ids) else None

    def elements_at(self, level_id: str) -> tuple[Element, ...]:
        """The elements that are rated at this level, in order (those with 0 points are not asked)."""
        return tuple(element for module in self.modules for element in module.elements if asked_at(element, level_id))

    def all_elements(self) -> tuple[Element, ...]:
        """Every element, in order, whatever the level."""
        return tuple(element for module in self.modules for element in module.elements)

    def element(self, element_id: str) -> Element:
        """The element with this id; KeyError when there is none."""
        return _by_id(self)[element_id]

    def module_of(self, element_id: str) -> Module:
        """The module that holds the element; KeyError when there is none."""
        for module in self.modules:
            if any(element.id == element_id for element in module.elements):
                return module
        raise KeyError(element_id)


@lru_cache(maxsize=64)
def _by_id(standard: Standard) -> dict[str, Element]:
    """The standard's elements by their ids: found once, because every press asks for one."""
    return {element.id: element for element in standard.all_elements()}


def asked_at(element: Element, level_id: str) -> bool:
    """Whether the element is rated at this level."""
    return element.points is None or element.points.get(level_id, Decimal(0)) > 0


@lru_cache(maxsize=4096)
def criteria_at(element: Element, level_id: str) -> tuple[Criterion, ...]:
    """The element's criteria at the level, its own and those it inherits, in order."""
    return tuple(criterion for _, criterion in _with_level(element, level_id))


def _with_level(element: Element, level_id: str) -> tuple[tuple[str, Criterion], ...]:
    """The criteria at the level, each with the level that it is written for."""
    here = element.levels.get(level_id)
    if here is None:
        return ()
    own = tuple((level_id, criterion) for criterion in here.criteria)
    inherited = _with_level(element, here.inherits) if here.inherits else ()
    return inherited + own if here.inherited == "before" else own + inherited


def inherited_from(element: Element, level_id: str, criterion_id: str) -> str | None:
    """The lower level that a criterion asked at this one comes from; None when it is written for this one."""
    home = next(home for home, criterion in _with_level(element, level_id) if criterion.id == criterion_id)
    return None if home == level_id else home


@lru_cache(maxsize=4096)
def lines_at(element: Element, level_id: str) -> tuple[tuple[Criterion, ...], ...]:
    """The element's criteria at the level by the source's lines, in order: each line weighs the same."""
    lines: dict[tuple[str, object], list[Criterion]] = {}
    for home, criterion in _with_level(element, level_id):
        lines.setdefault((home, criterion.line or criterion.id), []).append(criterion)
    return tuple(tuple(line) for line in lines.values())


def all_criteria(standard: Standard) -> tuple[Criterion, ...]:
    """Every criterion written in the standard, once, in order."""
    return tuple(
        criterion
        for element in standard.all_elements()
        for level in element.levels.values()
        for criterion in level.criteria
    )


def all_subjects(standard: Standard) -> tuple[Subject, ...]:
    """Every exam subject of the standard: those of its exam elements and those of its separate exams."""
    of_elements = [subject for element in standard.all_elements() for subject in element.subjects]
    return (*of_elements, *(subject for exam in standard.exams for subject in exam.subjects))
