"""What the handlers of the administrator's screens share: reading a button's numbers, and a catalogue of standards."""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from bot.buttons import Command
from bot.render.admin.assessments import Standards
from bot.runtime import Runtime
from qualify.errors import Stale
from qualify.services.assessments.listing import START, ListStart
from qualify.standard import Standard
from qualify.storage.assessments import FIRST, DuePlace

T = TypeVar("T")


def number(pressed: Command, place: int) -> int:
    """The number at this place. Raises Stale when the button carries none there."""
    if place >= len(pressed.numbers):
        raise Stale("error-stale")
    return pressed.numbers[place]


def page_of(pressed: Command, place: int = 0) -> int:
    """The page that the button turns to; the first one by default."""
    return pressed.numbers[place] if place < len(pressed.numbers) else 0


def day_of(pressed: Command, place: int) -> date:
    """The day that the button carries as a number. Raises Stale for a number that is no day."""
    try:
        return date.fromordinal(number(pressed, place))
    except (ValueError, OverflowError):
        raise Stale("error-stale") from None


def start_of(pressed: Command) -> ListStart:
    """Where the page of a list begins that the button turns to; the first page by default. Raises Stale for a place
    where no page can begin."""
    if len(pressed.numbers) < 3:
        return START
    return ListStart(pressed.numbers[0], place_of(pressed, 1))


def place_of(pressed: Command, at: int = 0) -> DuePlace:
    """The place in the order of due dates that the button carries; the first one by default. Raises Stale for a number
    that is no day."""
    if len(pressed.numbers) < at + 2:
        return FIRST
    return DuePlace(day_of(pressed, at), number(pressed, at + 1))


def newest_standards(runtime: Runtime) -> list[Standard]:
    """The newest version of each standard, for an assessment is opened on that."""
    names = dict.fromkeys(each.id for each in runtime.context.standards.all())
    return [runtime.context.standards.get(name) for name in names]


def chosen(offered: Sequence[T], place: int) -> T:
    """What stands at this place of the things offered. Raises Stale when there are fewer."""
    if place >= len(offered):
        raise Stale("error-stale")
    return offered[place]


def standards_of(runtime: Runtime) -> Standards:
    """Every version of every standard, by its id and version."""
    return {(standard.id, standard.version): standard for standard in runtime.context.standards.all()}
