"""A review walked without a database: small standards, a walk that only grows, and two scripted assessors."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from qualify.dialogue import (
    Act,
    Action,
    Entry,
    Plan,
    Position,
    Screen,
    Situation,
    StepKind,
    answers_of,
    plan,
    step,
    view,
)
from qualify.paths import STANDARDS
from qualify.scoring import Answers, plain
from qualify.standard import Catalogue, Standard, parse

TODAY = date(2026, 11, 22)
CASE = "2026-03-01 一次通宵割接的复盘"


def _named(name: str, **fields: object) -> dict[str, Any]:
    return {"id": name, "name": {"zh": name, "en": name}, **fields}


def _criteria(*names: str) -> list[dict[str, Any]]:
    return [{"id": name, "text": {"zh": name, "en": name}} for name in names]


def _standard(**fields: object) -> Standard:
    return parse(json.dumps(_named("small", version=1, **fields)), "small/v1.yaml")


_EXAM = {"kind": "exam", "subjects": [_named("policy"), _named("rules", max=50)]}


def points_standard() -> Standard:
    """One level: a behaviour of 60 points with two criteria, an exam element of two subjects, one case required."""
    care = _named("care", points={"one": 60}, levels={"one": {"criteria": _criteria("care.1", "care.2")}})
    return _standard(
        rating={"kind": "points", "step": 0.5},
        levels=[_named("one")],
        modules=[_named("all", elements=[care, _named("law", points={"one": 40}, **_EXAM)])],
        deductions=[_named("cases", points=5, required={"one": 1}, window_months=18)],
    )


def keyed_standard() -> Standard:
    """One level: a behaviour of 100 points with a key condition in the middle of its three criteria."""
    criteria = _criteria("care.1", "care.2", "care.3")
    criteria[1]["key"] = True
    care = _named("care", points={"one": 100}, levels={"one": {"criteria": criteria}})
    return _standard(
        rating={"kind": "points", "step": 0.5},
        levels=[_named("one")],
        modules=[_named("all", elements=[care])],
        key_conditions={"effect": "not-granted"},
    )


def paired_standard() -> Standard:
    """One level: behaviours of 40 and 60 points, of one criterion and of two, the first of which is a key condition."""
    care, mind = _criteria("care.1"), _criteria("mind.1", "mind.2")
    mind[0]["key"] = True
    elements = [
        _named(name, points={"one": points}, levels={"one": {"criteria": criteria}})
        for name, points, criteria in (("care", 40, care), ("mind", 60, mind))
    ]
    return _standard(
        rating={"kind": "points", "step": 0.5},
        levels=[_named("one")],
        modules=[_named("all", elements=elements)],
        key_conditions={"effect": "not-granted"},
    )


def scale_standard() -> Standard:
    """Two levels on a scale 0–3 whose target is 2: a behaviour with two criteria, two more above; an exam element."""
    levels = {
        "low": {"criteria": _criteria("care.1", "care.2")},
        "high": {"inherits": "low", "criteria": _criteria("care.3", "care.4")},
    }
    return _standard(
        rating={
            "kind": "scale",
            "target": 2,
            "labels": [{"value": n, "name": {"zh": f"{n}", "en": f"{n}"}} for n in range(4)],
            "suggestion": {"rows": [{"share": 1, "rating": 2}, {"share": 0.5, "rating": 1}, {"share": 0, "rating": 0}]},
            "exceeding": {"rating": 3, "next_level_share": 0.75},
            "exam_bands": {"bands": [{"score": 60, "rating": 2}, {"score": 0, "rating": 1}]},
        },
        levels=[_named("low"), _named("high")],
        modules=[_named("all", elements=[_named("care", levels=levels), _named("law", **_EXAM)])],
    )


@dataclass(frozen=True)
class Walk:
    """A review as it stands after some actions."""

    plan: Plan
    entries: tuple[Entry, ...] = ()
    position: Position = field(default_factory=Position)

    @cached_property
    def here(self) -> Situation:
        return Situation(self.plan, self.position, answers_of(self.entries), TODAY)

    @cached_property
    def screen(self) -> Screen:
        return view(self.here)

    @property
    def answers(self) -> Answers:
        return self.here.answers

    @property
    def at(self) -> str:
        """The step in hand as people would name it: "care.1", "care rating", "cases"."""
        in_hand = self.here.step
        return in_hand.key or f"{in_hand.element} {in_hand.kind}".strip()

    def take(self, action: Action) -> "Walk":
        outcome = step(self.here, action)
        return Walk(self.plan, self.entries + outcome.entries, outcome.position)

    def do(self, act: Act, argument: str = "") -> "Walk":
        return self.take(Action(act, argument))

    def until(self, name: str, assessor: Callable[[Screen], Action]) -> "Walk":
        """Let the assessor go on to the named step."""
        walk = self
        while walk.at != name:
            walk = walk.take(assessor(walk.screen))
        return walk


def shipped(standard: str, level: str) -> Plan:
    """The plan of a standard as it ships."""
    return plan(_SHIPPED.get(standard, 1), level)


_SHIPPED = Catalogue(STANDARDS)


def at_the_rating(walk: Walk) -> Walk:
    """From the summary of a small review to the rating of its behaviour."""
    return walk.do(Act.JUMP, "0").do(Act.FORWARD).do(Act.FORWARD)


def one_by_one(screen: Screen) -> Action:
    """What an assessor presses who answers every question by itself and agrees with every suggestion."""
    match screen.step.kind:
        case StepKind.CRITERION:
            return Action(Act.MARK, "met")
        case StepKind.RATING:
            return Action(Act.RATE, "0" if screen.suggestion is None else plain(screen.suggestion))
        case StepKind.SCORE:
            asked = screen.subjects if len(screen.scores) == screen.ordinals else screen.subjects[:1]  # all, once given
            return Action(Act.TEXT, " ".join(plain(subject.max) for subject in asked))
        case StepKind.CASES:
            return Action(Act.DONE) if screen.cases else Action(Act.TEXT, CASE)
    raise AssertionError(f"nothing to answer at {screen.step}")


def quickly(screen: Screen) -> Action:
    """What an assessor presses in a hurry: all met, and the scores of an element in one line."""
    match screen.step.kind:
        case StepKind.CRITERION:
            return Action(Act.ALL_MET) if screen.together else one_by_one(screen)  # key conditions one by one
        case StepKind.SCORE:
            return Action(Act.TEXT, " ".join(plain(subject.max) for subject in screen.subjects))
    return one_by_one(screen)


POINTS = Walk(plan(points_standard(), "one"))
"""Nothing given yet: care (two criteria), law (two subjects), cases."""

SCALE = Walk(plan(scale_standard(), "low"))
"""Nothing given yet, at the lower level: care (two criteria, two more offered), law (two subjects)."""

PAIR = Walk(plan(paired_standard(), "one"))
"""Nothing given yet: care (one criterion), mind (two, the first a key condition)."""
KEYED = Walk(plan(keyed_standard(), "one"))
"""Nothing given yet: care, whose second of three criteria is a key condition."""

RATED = POINTS.until("summary", one_by_one)
"""All of POINTS given, the summary in hand; care has 60 of 60 points as suggested."""
