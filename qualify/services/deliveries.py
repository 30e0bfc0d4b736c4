"""One update, one effect: what a service does for an update of the chat, and the record that it was done, are one
transaction. When the update is delivered again, nothing is done, and the answer can be made from the record.

A press in a review's walk needs no record of its own: its revision is one (see `reviews.answering.press`).
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cache
from inspect import unwrap
from typing import Any, NamedTuple, TypeVar, cast, get_type_hints

from pydantic import TypeAdapter
from sqlalchemy import Connection

from qualify import errors
from qualify.errors import Busy, QualifyError, Stale
from qualify.services.context import Context, look_again_of, reads, repeatable
from qualify.services.reviews.screen import Turn
from qualify.storage import inbox, people
from qualify.storage.inbox import Delivery
from qualify.storage.people import Who

T = TypeVar("T")

REFUSED = "refused"
"""The step of an update that was refused before any service did something."""
_RAISED, _SHOWN, _NOTED, _NOWHERE = "raised", "shown", "noted", "nowhere"
"""Where a kept outcome has a refusal: one that the service raised, or that its turn of a review shows; that a turn says
that a note was kept; and that there was no turn, because no review was in hand."""
_PREPARING = ("typed_answers.", "answering.")
"""How the steps are called that only settle what texts go to."""
KEPT_FOR = timedelta(days=7)


def once(step: str, service: Callable[..., T], context: Context, *args: Any, **kwargs: Any) -> T:
    """What the service returns, which for this step of handling the update in hand runs once, ever.

    Repeated, it changes nothing and gives, or raises, the same: from the record, or by looking again.
    """
    delivery = context.delivery
    assert delivery is not None
    refusal: QualifyError | None = None
    with context.database.transaction() as connection:
        if not inbox.begin_step(connection, delivery, step, context.now()):
            return _again(connection, delivery, step, service, context, *args, **kwargs)
        try:
            result = service(context, *args, **kwargs)
            outcome = _outcome(service, result)
        except Busy:
            raise  # nothing was stored, and the same may work soon
        except QualifyError as error:
            refusal, outcome = error, {_RAISED: _described(error)}
        if outcome is not None:
            inbox.end_step(connection, delivery, step, json.dumps(outcome, ensure_ascii=False))
    if refusal is not None:
        raise refusal
    return result


def _outcome(service: Callable[..., T], result: T) -> Any:
    """What is kept of a result, as JSON values."""
    if isinstance(result, Turn):
        return {_SHOWN: _described(result.refusal)} if result.refusal else {_NOTED: True} if result.noted else None
    if look_again_of(service):
        return {_NOWHERE: True} if result is None else None
    return _type_of(service).dump_python(result, mode="json")


def _again(
    connection: Connection,
    delivery: Delivery,
    step: str,
    service: Callable[..., T],
    context: Context,
    *args: Any,
    **kwargs: Any,
) -> T:
    outcome = json.loads(inbox.outcome_of(connection, delivery, step))
    if (raised := _refusal(outcome, _RAISED)) is not None:
        raise raised
    look = look_again_of(service)
    if look is None:
        return cast(T, _type_of(service).validate_python(outcome))
    noted = {_NOTED: True} if isinstance(outcome, Mapping) and _NOTED in outcome else {}
    result: Any = look(context, *args, **kwargs, **noted)
    if isinstance(result, Turn):
        result = replace(result, refusal=_refusal(outcome, _SHOWN))
    elif result is None and outcome != {_NOWHERE: True}:  # it went to a review that is in hand no more
        raise _refusal(outcome, _SHOWN) or Stale("error-done-before")
    return cast(T, result)


@cache
def _type_of(service: Callable[..., T]) -> TypeAdapter[T]:
    return TypeAdapter(get_type_hints(unwrap(service))["return"])


def _described(refusal: QualifyError) -> dict[str, object]:
    return {
        "kind": type(refusal).__name__,
        "key": refusal.key,
        "values": {name: str(value) for name, value in refusal.values.items()},
    }


def _refusal(outcome: Any, where: str) -> QualifyError | None:
    if not isinstance(outcome, Mapping) or where not in outcome:
        return None
    described = outcome[where]
    kind: type[QualifyError] = getattr(errors, described["kind"], QualifyError)
    refusal = kind(described["key"], **described["values"])
    refusal.is_repeated = True
    return refusal


class Received(NamedTuple):
    """Who an update comes from, as they stood when it was first handled: None for somebody new. `is_done` says that
    what it asks for was done before, `refusal` how it was refused before anything was done."""

    who: Who | None
    is_done: bool = False
    refusal: QualifyError | None = None


@reads
def receive(context: Context) -> Received:
    """Who the update in hand comes from, and whether it was handled before, at least in part."""
    delivery = context.delivery
    assert delivery is not None
    with context.database.reading() as connection:
        who = people.who(connection, delivery.user_id)
        before = inbox.effects_of(connection, delivery)
    refusals = {effect.step: _refusal(json.loads(effect.outcome), _RAISED) for effect in before}
    is_done = any(not refusal for step, refusal in refusals.items() if not step.startswith(_PREPARING))
    if who is not None and before:
        first = min(before, key=lambda effect: (not effect.asked, effect.at))  # a later one finds the question settled
        who = who._replace(asked=first.asked, review_id=first.review_id)
    return Received(who, is_done, refusals.get(REFUSED))


@repeatable
def refuse(context: Context, refusal: QualifyError) -> None:
    """Record that the update in hand was refused before anything was done: delivered again, when what was asked has
    been answered since, it is refused again and goes nowhere else."""
    delivery = context.delivery
    assert delivery is not None
    with context.database.transaction() as connection:
        if inbox.begin_step(connection, delivery, REFUSED, context.now()):
            inbox.end_step(connection, delivery, REFUSED, json.dumps({_RAISED: _described(refusal)}))


def forget(context: Context) -> None:
    """Forget what was done long ago: Telegram delivers nothing again after a day."""
    with context.database.transaction() as connection:
        inbox.forget(connection, context.now() - KEPT_FOR)
