"""What a chart shows: plain frozen values, every word already chosen by the caller. No drawing here."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Header:
    """The top of a chart. The first word of `figure` ("11/18 达标", "86.5 /100") is set large, the rest small; a
    `warning` stands beside it."""

    name: str
    title: str
    subtitle: str
    figure: str
    warning: str = ""


@dataclass(frozen=True)
class Axis:
    """One rated element: `actual` and `standard` in 0…the radar's maximum; `actual` None = not rated.

    `own` is what the employee gave themselves: shown beside the actual, never counted; None = nothing to show.
    """

    label: str
    actual: Decimal | None
    standard: Decimal
    own: Decimal | None = None

    @property
    def met(self) -> bool:
        """Whether it was rated, and not below the standard."""
        return self.actual is not None and self.actual >= self.standard

    @property
    def below(self) -> bool:
        """Whether it was rated, and below the standard."""
        return self.actual is not None and self.actual < self.standard


@dataclass(frozen=True)
class Category:
    """A group of neighbouring axes."""

    name: str
    axes: tuple[Axis, ...]


@dataclass(frozen=True)
class Radar:
    """Actual against standard, 3–24 axes in 1–6 categories, on a scale 0…`maximum`."""

    header: Header
    categories: tuple[Category, ...]
    maximum: int

    @property
    def axes(self) -> tuple[Axis, ...]:
        """All axes, in order, clockwise from the top."""
        return tuple(axis for category in self.categories for axis in category.axes)


@dataclass(frozen=True)
class Bar:
    """Points got of the points possible; `got` None = not rated. `own` as on an `Axis`."""

    label: str
    got: Decimal | None
    possible: Decimal
    own: Decimal | None = None


@dataclass(frozen=True)
class BarModule:
    """A group of bars with its subtotal."""

    name: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Bars:
    """Points of each element, 1–30 bars in 1–12 modules; `notes` are small lines at the bottom."""

    header: Header
    modules: tuple[BarModule, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class HeatCell:
    """One person's rating of one element, None = not rated; `target` is the standard, or the points possible."""

    rating: Decimal | None
    target: Decimal


@dataclass(frozen=True)
class HeatRow:
    """One person: a cell for each element."""

    name: str
    cells: tuple[HeatCell, ...]


@dataclass(frozen=True)
class Heat:
    """A team's picture: 1–20 people × 1–30 elements. With `is_points` a cell's shade follows the share of the points
    possible, otherwise the distance from the standard."""

    title: str
    subtitle: str
    elements: tuple[str, ...]
    rows: tuple[HeatRow, ...]
    is_points: bool


@dataclass(frozen=True)
class TrendPoint:
    """One result: its day, its level, and its figure."""

    day: str
    level: str
    value: Decimal


@dataclass(frozen=True)
class Trend:
    """How a figure changed from result to result, 2–8 of them, the oldest first; `standard` is what it is measured by,
    None where there is no such thing."""

    name: str
    title: str
    points: tuple[TrendPoint, ...]
    standard: Decimal | None


@dataclass(frozen=True)
class ItemRow:
    """One element over many results: the share that meets it with the ends of its confidence interval (0…1), None
    where there is too little to say; and its `figures`, of which those at the places `noticed` are signs."""

    label: str
    met: tuple[float, float, float] | None
    figures: tuple[str, ...]
    noticed: frozenset[int] = frozenset()


@dataclass(frozen=True)
class ItemsChart:
    """How 1–30 elements do over many results. `met` names the share, `columns` the figures beside it, the first of
    which is the share again; beyond any of `limits` (0…1) the share is a sign. `notes` are small lines at the
    bottom."""

    title: str
    subtitle: str
    met: str
    columns: tuple[str, ...]
    rows: tuple[ItemRow, ...]
    limits: tuple[float, ...]
    notes: tuple[str, ...] = ()
