"""Data to a `Standard`, or another model: where a field is refused, this finds the sentence that says what is right."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any, Literal, TypeVar, get_args, get_origin

from pydantic import BaseModel, Tag, ValidationError
from pydantic_core import ErrorDetails

from qualify.standard.fields import UNIONS, is_model, plain
from qualify.standard.model import Model, Text
from qualify.standard.problems import Finding, Path, finding
from qualify.texts import shortened

M = TypeVar("M", bound=Model)
_KINDS = {  # pydantic's error types -> the name of our sentence; anything else is "shape"
    "string_type": "not-text",
    "string_too_short": "text-empty",
    "string_too_long": "id",
    "string_pattern_mismatch": "id",
    "decimal_type": "not-number",
    "decimal_parsing": "not-number",
    "finite_number": "not-number",
    "decimal_max_places": "too-exact",
    "date_type": "not-date",
    "date_parsing": "not-date",
    "date_from_datetime_parsing": "not-date",
    "date_from_datetime_inexact": "not-date",
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


def shaped(data: object, model: type[M]) -> M | list[Finding]:
    """The standard, or whatever else of the model, that the data describes, or every reason why it is none."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        return [found for detail in error.errors(include_url=False) for found in _explain(detail, model)]


def _explain(detail: ErrorDetails, model: type[Model]) -> Iterator[Finding]:
    kind, given, context = detail["type"], detail["input"], detail.get("ctx", {})
    path, _ = _place(detail["loc"], model)
    field, shown = _field(path), _shown(given)
    match kind:
        case "missing":
            name = "language-missing" if _around(detail, model) is Text else "field-missing"
            yield finding(path, name, field=path[-1], where=_field(path[:-1]))
        case "union_tag_not_found":
            tag = _choices(context["discriminator"])
            yield finding((*path, tag), "field-missing", field=tag, where=field)
        case "extra_forbidden":
            yield _unknown(path, _around(detail, model))
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
            tag, legal = _choices(context["discriminator"]), _choices(context["expected_tags"])
            yield finding((*path, tag), "not-one-of", field=tag, given=_shown(context["tag"]), legal=legal)
        case _:
            name = _KINDS.get(kind, "shape")
            yield finding(path, name, field=field, given=shown, detail=detail["msg"])


def _choices(listed: str) -> str:
    """Pydantic's list of choices ("'a', 'b' or 'c'") without its quotation marks and its English word."""
    return listed.replace("'", "").replace(" or ", ", ")


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


def _around(detail: ErrorDetails, model: type[Model]) -> type[BaseModel] | None:
    """The model that a refused field belongs to; None where a mapping has no fixed fields."""
    here = _place(detail["loc"][:-1], model)[1]
    return here if is_model(here) else None


def _place(steps: tuple[str | int, ...], model: type[Model]) -> tuple[Path, Any]:
    """The path in the document, without the marks that pydantic adds, and what the model expects there."""
    path: Path = ()
    here: Any = model
    for step in steps:
        if get_origin(here) in UNIONS:
            here = next(plain(each) for each in get_args(here) if step in _marks(each))
        elif step != "[key]":
            path, here = (*path, step), _inside(here, step)
    return path, here


def _marks(member: Any) -> set[str]:
    """What pydantic calls a member of a union: its tag, or any of the words that its model has for one."""
    if is_model(member):
        kinds = (field.annotation for field in member.model_fields.values())
        return {word for kind in kinds if get_origin(kind) is Literal for word in get_args(kind)}
    return {each.tag for each in get_args(member) if isinstance(each, Tag)}


def _inside(annotation: Any, step: str | int) -> Any:
    """What is expected at `step` below something of this type: a field, an item or a value."""
    if is_model(annotation):
        fields = annotation.model_fields
        return next((plain(field.annotation) for name, field in fields.items() if step in (name, field.alias)), None)
    members = get_args(annotation)
    return plain(members[0] if get_origin(annotation) is tuple else members[1])
