"""Updates as the published Bot API allows them, drawn by Hypothesis; and the same with something wrong in them."""

import json
from collections.abc import Callable, Mapping
from functools import cache
from random import Random
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from bot.sandbox.extract import extract
from bot.sandbox.schema import schema
from tests.published import PUBLISHED

Json = dict[str, Any]

DEPTH = 4  # below this, only what has to be there
MOST_OPTIONAL = 4
KINDS = ("message", "callback_query", "my_chat_member")
"""The parts of an update that the bot reads; each is drawn as often as all the others together."""
PLAIN: Mapping[str, SearchStrategy[Any]] = {
    "Integer": st.integers(-(2**40), 2**53 - 1),
    "Float": st.floats(-1e6, 1e6, allow_nan=False),
    "Boolean": st.booleans(),
    "True": st.just(True),
    "String": st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
    "InputFile": st.just("attach://file"),
}
DEEP: Any = []
for _ in range(200):
    DEEP = [DEEP]
ODD: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 2**31, 2**63, -(2**63) - 1, 10**40, 1.5, 1e308),
    *(
        "",
        " ",
        "\0",
        "a\0b",
        "\ud800",
        "\u202e\u202d",
        "\u200b",
        "🧪" * 4096,
        "x" * 70_000,
        "-1",
        "9" * 30,
        "/",
        "/start",
    ),
    *([], {}, [None], [[]], {"id": None}, {"": ""}, DEEP),
)


@cache
def types() -> Json:
    """The types of the published Bot API as `bot.sandbox.schema` has them: all of them, or those in the repository's
    extract where the published file isn't at hand."""
    if not PUBLISHED.exists():
        return schema()["types"]
    found: Json = extract(json.loads(PUBLISHED.read_text(encoding="utf-8")))["types"]
    return found


@cache
def _costs() -> dict[str, float]:
    """How many objects deep a type has to be at least."""
    costs = dict.fromkeys(types(), float("inf"))

    def cost(names: list[str]) -> float:
        return min(0 if name.startswith("Array of ") else costs.get(name, 0) for name in names)

    changed = True
    while changed:
        changed = False
        for name, entry in types().items():
            needed = [entry] if isinstance(entry, list) else [names for names, is_needed in _read(entry) if is_needed]
            new = 1 + max(map(cost, needed), default=0)
            changed |= new < costs[name]
            costs[name] = min(new, costs[name])
    return costs


def _read(entry: Mapping[str, str]) -> list[tuple[list[str], bool]]:
    return [(field.partition("=")[0].removesuffix("!").split("|"), _is_needed(field)) for field in entry.values()]


def _is_needed(field: str) -> bool:
    return field.partition("=")[0].endswith("!")


@cache
def of_type(declared: str, depth: int = 0) -> SearchStrategy[Any]:
    """Values of a type as the schema writes it, `Integer|String` or `Array of PhotoSize`."""
    names = declared.split("|")
    if len(names) > 1:
        return st.one_of([of_type(name, depth) for name in _affordable(names, depth)])
    if declared.startswith("Array of "):
        item = declared.removeprefix("Array of ")
        return st.just([]) if depth >= DEPTH else st.lists(st.deferred(lambda: of_type(item, depth + 1)), max_size=2)
    if declared in PLAIN:
        return PLAIN[declared]
    entry = types()[declared]
    if isinstance(entry, list):
        return st.one_of([of_type(name, depth) for name in _affordable(entry, depth)])
    return _object(declared, depth)


def _affordable(names: list[str], depth: int) -> list[str]:
    if depth < DEPTH:
        return names
    return [min(names, key=lambda name: _costs().get(name, 0))]


def _object(name: str, depth: int) -> SearchStrategy[Json]:
    fields: dict[str, str] = types()[name]
    needed = [key for key, field in fields.items() if _is_needed(field)]
    optional = [key for key in fields if key not in needed]

    @st.composite
    def drawn(draw: DrawFn) -> Json:
        chosen = list(needed)
        if depth < DEPTH and optional:
            chosen += draw(st.lists(st.sampled_from(optional), max_size=MOST_OPTIONAL, unique=True))
        return {key: draw(_field(fields[key], depth)) for key in chosen}

    return drawn()


@cache
def _field(field: str, depth: int) -> SearchStrategy[Any]:
    declared, _, only = field.partition("=")
    return st.just(only) if only else st.deferred(lambda: of_type(declared.removesuffix("!"), depth + 1))


@cache
def updates() -> SearchStrategy[Json]:
    """Updates of every kind, most of them of the kinds that the bot reads."""
    fields = {key: field for key, field in types()["Update"].items() if key != "update_id"}
    others = [key for key in fields if key not in KINDS]
    kind = st.sampled_from([*KINDS * len(others), *others])
    return kind.flatmap(
        lambda kind: st.fixed_dictionaries({"update_id": PLAIN["Integer"], kind: _field(fields[kind], 0)})
    )


def pool(count: int, number: int) -> list[Json]:
    """So many valid updates; the same for the same number."""
    drawn: list[Json] = []

    @seed(number)
    @settings(
        max_examples=count,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(updates())
    def draw(update: Json) -> None:
        drawn.append(update)

    draw()
    return drawn


def mutated(raw: Json, choices: Random, times: int) -> Json:
    """The update with so many parts taken out or replaced by something odd; what was given stays as it is."""
    copied: Json = json.loads(json.dumps(raw))
    for _ in range(times):
        spoil = choices.choice(_places(copied))
        spoil(choices)
    return copied


def _places(value: Any) -> list[Callable[[Random], None]]:
    """A way to spoil each part."""
    found: list[Callable[[Random], None]] = []
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        found += [lambda choices, key=key: _spoil(value, key, choices), *_places(value[key])]
    return found or [lambda _: None]


def _spoil(holder: Any, key: Any, choices: Random) -> None:
    try:
        if choices.random() < 0.25:
            del holder[key]
        else:
            holder[key] = json.loads(json.dumps(choices.choice(ODD)))  # its own, for it may be spoilt as well
    except IndexError:  # an earlier one took it out
        pass
