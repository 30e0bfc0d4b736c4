"""Data to `Standard`: where the model refuses a field, this finds the sentence that says what would be right there."""

from collections.abc import Iterator
from difflib import get_close_matches
from types import NoneType, UnionType
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from qualify.standard.model import Standard, Text
from qualify.standard.problems import Finding, Path, finding
from qualify.texts import shortened

_KINDS = {  # pydantic's error types -> the name of our sentence; anything else is "shape"
    "string_type": "not-text",
    "string_too_short": "text-empty",
    "string_too_long": "id",
    "string_pattern_mismatch": "id",
    "decimal_type": "not-number",
    "decimal_parsing": "not-number",
    "finite_number": "not-number",
    "decimal_max_places": "too-exact",
    "int_type": "not-whole",
    "int_parsing": "not-whole",
    "int_parsing_size": "not-whole",
    "bool_type": "not-boolean",
    "bool_parsing": "not-boolean",
    "tuple_type": "not-list",
    "dict_type": "not-mapping",
    "model_type": "not-mapping",
}
_BOUNDS = {"greater_than": ("gt", ">"), "greater_than_equal": ("ge", "≥"), "less_than_equal": ("le", "≤")}


def shaped(data: object) -> Standard | list[Finding]:
    """The standard that the data describes, or every reason why it is none."""
    try:
        return Standard.model_validate(data)
    except ValidationError as error:
        return [found for detail in error.errors(include_url=False) for found in _explain(detail)]


def _explain(detail: ErrorDetails) -> Iterator[Finding]:
    kind, given, context = detail["type"], detail["input"], detail.get("ctx", {})
    path = _path(detail["loc"])
    field, shown = _field(path), _shown(given)
    match kind:
        case "missing":
            name = "language-missing" if _model_at(detail["loc"][:-1]) is Text else "field-missing"
            yield finding(path, name, field=path[-1], where=_field(path[:-1]))
        case "union_tag_not_found":
            yield finding(path, "field-missing", field="kind", where=field)
        case "extra_forbidden":
            yield _unknown(path, _model_at(detail["loc"][:-1]))
        case "too_short":
            minimum = context["min_length"]
            if len(given) < minimum:  # else its items were refused, and they speak for themselves
                yield finding(path, "list-short", field=field, minimum=minimum)
        case "greater_than" | "greater_than_equal" | "less_than_equal":
            name, sign = _BOUNDS[kind]
            yield finding(path, "out-of-range", field=field, given=shown, bound=f"{sign} {context[name]}")
        case "literal_error":
            yield finding(path, "not-one-of", field=field, given=shown, legal=_choices(context["expected"]))
        case "union_tag_invalid":
            legal = _choices(context["expected_tags"])
            yield finding((*path, "kind"), "not-one-of", field="kind", given=_shown(context["tag"]), legal=legal)
        case _:
            name = _KINDS.get(kind, "shape")
            yield finding(path, name, field=field, given=shown, detail=detail["msg"])


def _choices(listed: str) -> str:
    """Pydantic's list of choices without its quotation marks."""
    return listed.replace("'", "")


def _path(place: tuple[str | int, ...]) -> Path:
    """The path in the document: without the marks that pydantic adds for union members and mapping keys."""
    path = place[:1] + place[2:] if place[:1] == ("rating",) else place
    return path[:-1] if path[-1:] == ("[key]",) else path


def _unknown(path: Path, model: type[BaseModel] | None) -> Finding:
    legal = [field.alias or name for name, field in model.model_fields.items()] if model else []
    nearest = get_close_matches(str(path[-1]), legal, n=1)
    kind = "language-unknown" if model is Text else "field-unknown-near" if nearest else "field-unknown"
    return finding(path, kind, field=_shown(path[-1]), nearest="".join(nearest), legal=", ".join(legal))


def _field(path: Path) -> str:
    """How a sentence names a place: the last field name, with the position where it is an item of a list (from 1)."""
    for length in range(len(path), 0, -1):
        if isinstance(name := path[length - 1], str):
            return name + "".join(f"[{int(position) + 1}]" for position in path[length:])
    return "top"


def _shown(given: object) -> str:
    """What the author wrote, short enough for a sentence."""
    if isinstance(given, str):
        return shortened(given, 40)
    return "{…}" if isinstance(given, dict) else "[…]" if isinstance(given, list) else "—"


def _model_at(place: tuple[str | int, ...]) -> type[BaseModel] | None:
    """The model that pydantic was filling at `place` (with its marks); None where a mapping has no fixed fields."""
    here: Any = Standard
    for step in place:
        here = _inside(here, step)
    return here if _is_model(here) else None


def _inside(annotation: Any, step: str | int) -> Any:
    """What is expected at `step` below something of this type: a field, an item, a value, or the union's member."""
    if _is_model(annotation):
        fields = annotation.model_fields
        return _plain(next(field.annotation for name, field in fields.items() if step in (name, field.alias)))
    members = get_args(annotation)
    if get_origin(annotation) is UnionType:
        return next(each for each in members if step in get_args(each.model_fields["kind"].annotation))
    return members[0] if get_origin(annotation) is tuple else members[1]


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _plain(annotation: Any) -> Any:
    """The annotation without "or None"."""
    members = [each for each in get_args(annotation) if each is not NoneType]
    return members[0] if len(members) == 1 and get_origin(annotation) is UnionType else annotation
