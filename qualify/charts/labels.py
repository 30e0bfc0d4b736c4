"""Where the words around a radar stand: outside the ring, inside the picture, never on one another.

A label is pushed outwards along its axis until it clears the ring and everything placed before it. When that pushes
one out of the picture, a smaller radius or type is tried; only the last attempts shorten names.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from qualify.charts.boxes import Box
from qualify.charts.lettering import printable, width_of, wrap

CLEARANCE = 30  # between ring and label; category arcs lie in it
STRAY = 70  # how much further out than that a label may be pushed before a smaller arrangement is better
VALUE_GAP = 8
MARK = 20  # the room of ▼ behind a value
LINE = 1.17  # line height in ems

Direction = tuple[float, float]

# The radii to try with each size of the type, best first; the second table is for names that must be shortened.
_WHOLE = {29: (327, 314), 27: (314, 300), 25: (300, 286), 23: (300, 280), 22: (300, 280), 20: (290, 270)}
_WIDTHS = (4.1, 5.6, 7.4)  # ems of a line: four Chinese characters, then what English words need
_SHORTENED = {24: (290,), 22: (280,), 20: (260,), 18: (230,), 16: (200,)}


@dataclass(frozen=True)
class Words:
    """What a label says: the element's name, its value, and whether ▼ follows."""

    name: str
    value: str
    low: bool


@dataclass(frozen=True)
class Label:
    """A label cut into lines. `joined`: the value stands behind the last line, else on a line of its own."""

    lines: tuple[str, ...]
    value: str
    size: int
    low: bool
    joined: bool

    @property
    def value_size(self) -> int:
        """Values are a little larger than names."""
        return round(1.1 * self.size)

    @property
    def value_width(self) -> float:
        """Pixels of the value and its mark."""
        return width_of(self.value, self.value_size, bold=True) + (MARK if self.low else 0)

    @property
    def line_widths(self) -> list[float]:
        """Pixels of each line as painted, the value included."""
        widths = [width_of(line, self.size) for line in self.lines]
        if self.joined:
            return [*widths[:-1], widths[-1] + VALUE_GAP + self.value_width]
        return [*widths, self.value_width]

    @property
    def extent(self) -> tuple[float, float]:
        """Width and height in pixels."""
        widths = self.line_widths
        return max(widths), LINE * self.size * len(widths)


@dataclass(frozen=True)
class Arrangement:
    """The radius of the ring and, for each axis, its label and the box it fills."""

    radius: float
    labels: tuple[Label, ...]
    boxes: tuple[Box, ...]


def directions(count: int) -> list[Direction]:
    """Unit vectors (x to the right, y down) of `count` axes, clockwise from the top."""
    turns = (2 * math.pi * index / count for index in range(count))
    return [(math.sin(turn), -math.cos(turn)) for turn in turns]


def arrange(words: Sequence[Words], zone: Box, discs: Sequence[Direction] = ()) -> Arrangement:
    """The largest arrangement that fits in `zone`; `discs` are the directions of the category numbers to keep clear.

    Raises ValueError when even short names in small type do not fit: never with 24 axes or fewer.
    """
    for radius, labels in _candidates(words, zone):
        for sides_first in (True, False):
            boxes = _place(labels, zone, radius, discs, sides_first)
            if boxes is not None:
                return Arrangement(radius, labels, boxes)
    raise ValueError(f"{len(words)} labels do not fit around a radar")


def _candidates(words: Sequence[Words], zone: Box) -> Iterator[tuple[float, tuple[Label, ...]]]:
    names = [printable(each.name) for each in words]
    for size, radius in _pairs(_WHOLE):
        side_room = (zone.right - zone.left) / 2 - radius - CLEARANCE
        for ems in _WIDTHS:
            width = min(ems * size, side_room)
            labels = tuple(_label(each, size, width, min(1.2 * width, side_room), 3) for each in words)
            if all(_whole(label, name) for label, name in zip(labels, names, strict=True)):
                yield radius, labels
    for most, ems in ((3, _WIDTHS[2]), (2, _WIDTHS[1]), (2, _WIDTHS[0]), (1, _WIDTHS[0])):
        for size, radius in _pairs(_SHORTENED):
            width = min((zone.right - zone.left) / 2 - radius - CLEARANCE, ems * size)
            yield radius, tuple(_label(each, size, width, width, most) for each in words)


def _pairs(table: Mapping[int, Sequence[int]]) -> Iterator[tuple[int, int]]:
    return ((size, radius) for size, radii in table.items() for radius in radii)


def _label(words: Words, size: int, width: float, joined_width: float, most: int) -> Label:
    lines = wrap(words.name, size, width, most)
    alone = Label(lines, words.value, size, words.low, joined=False)
    joined = width_of(lines[-1], size) + VALUE_GAP + alone.value_width <= joined_width
    return Label(lines, words.value, size, words.low, joined=joined)


def _whole(label: Label, name: str) -> bool:
    """Whether no letter of the name was cut off."""
    return "".join(label.lines).replace(" ", "") == name.replace(" ", "")


def _place(
    labels: Sequence[Label], zone: Box, radius: float, discs: Sequence[Direction], sides_first: bool
) -> tuple[Box, ...] | None:
    """The boxes of the labels, or None when one leaves the zone or goes too far out. Labels placed first stay closest:
    after the sides, top and bottom still have room to move out; where that is not enough, the other way round."""
    axes = directions(len(labels))
    taken = [Box.around(_along(zone, direction, radius + 16), 40, 40) for direction in discs]
    placed: dict[int, Box] = {}
    heights = [round(abs(dy), 6) for _, dy in axes]
    for index in sorted(range(len(labels)), key=heights.__getitem__, reverse=not sides_first):
        width, height = labels[index].extent
        box = _pushed_out(Box.around(zone.centre, width, height), axes[index], radius + CLEARANCE, taken)
        if not box.inside(zone) or _distance(box, zone.centre) > radius + CLEARANCE + STRAY:
            return None
        taken.append(box.grown(6))
        placed[index] = box
    return tuple(placed[index] for index in range(len(labels)))


def _along(zone: Box, direction: Direction, distance: float) -> tuple[float, float]:
    return zone.centre[0] + distance * direction[0], zone.centre[1] + distance * direction[1]


def _distance(box: Box, point: tuple[float, float]) -> float:
    """From the point to the nearest point of the box."""
    x, y = point
    return math.hypot(max(box.left - x, x - box.right, 0), max(box.top - y, y - box.bottom, 0))


def _pushed_out(box: Box, direction: Direction, clear: float, taken: Sequence[Box]) -> Box:
    """`box`, which lies on the centre, moved along `direction` until it clears the ring and everything taken."""
    centre, step = box.centre, clear
    while step > 0:
        box = box.moved(step * direction[0], step * direction[1])
        missing = clear - _distance(box, centre)
        hit = next((other for other in taken if box.overlaps(other)), None)
        step = missing if missing > 0.5 else _way_past(box, hit, direction) if hit else 0
    return box


def _way_past(box: Box, other: Box, direction: Direction) -> float:
    """How far along `direction` the box must still go to clear `other`, sideways or up and down."""
    dx, dy = direction
    ways = []
    if abs(dx) > 0.01:
        ways.append(((other.right - box.left) if dx > 0 else (box.right - other.left)) / abs(dx))
    if abs(dy) > 0.01:
        ways.append(((other.bottom - box.top) if dy > 0 else (box.bottom - other.top)) / abs(dy))
    return min(ways) + 0.01
