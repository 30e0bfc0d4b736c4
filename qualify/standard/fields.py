"""What the fields of the model expect, found from their annotations."""

from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

UNIONS = (UnionType, Union)


def is_model(annotation: Any) -> bool:
    """Whether it is one of the model's own types."""
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def plain(annotation: Any) -> Any:
    """The annotation without "or None" and without what only narrows it."""
    members = [each for each in get_args(annotation) if each is not NoneType]
    if get_origin(annotation) is Annotated or (get_origin(annotation) in UNIONS and len(members) == 1):
        return plain(members[0])
    return annotation


def alternatives(annotation: Any) -> list[Any]:
    """The plain annotations that it may be any of."""
    found = plain(annotation)
    if get_origin(found) not in UNIONS:
        return [found]
    return [each for member in get_args(found) if member is not NoneType for each in alternatives(member)]
