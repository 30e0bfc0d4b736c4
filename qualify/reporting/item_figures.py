"""Statistics of a standard's elements and criteria in words: the chart, the sheet, and what signs say."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from qualify.charts import ItemRow, ItemsChart
from qualify.charts.numbers import UNRATED
from qualify.exports import Cell
from qualify.scoring import as_number, round_half_up
from qualify.services.assessments.item_statistics import Findings
from qualify.standard import PointsRating, all_criteria, names
from qualify.statistics import FEWEST, Doubt, Estimate, ItemKind, ItemStatistics, Sign, SignKind, SignRules
from qualify.texts import say, shortened

COLUMNS = ("met", "mean", "unobserved", "agreed", "discrimination")
"""The figures of an item, as the chart and the command line have them beside its name."""
PLACES = {SignKind.MET_BY_MOST: 0, SignKind.MET_BY_FEW: 0, SignKind.UNOBSERVED: 2, SignKind.APART: 3}
"""Which of the figures shows a sign."""
SHEET = (
    *("standard", "version", "level", "element", "item", "asked", "rated"),
    *("met-share", "met-low", "met-high", "unobserved", "mean", "mean-low", "mean-high", "spread", "full-mark"),
    *("panels", "agreed", "deviation", "discrimination", "discrimination-low", "discrimination-high", "signs"),
)
MOST_CHARACTERS = 60
"""Of a criterion in a line or a cell: enough to know which one it is."""
HUNDREDTH = Decimal("0.01")


def percent(share: float) -> str:
    """A share of 1 as a whole percentage."""
    return f"{round_half_up(Decimal(share) * 100)} %".replace(" ", "")


def heading(found: Findings, language: str) -> str:
    """Which standard, level and version, and from how many results."""
    standard, level = found.standard, found.standard.level(found.statistics.level)
    named = standard.name.in_language(language), level.name.in_language(language)
    count, version = found.statistics.results, str(standard.version)
    return say(language, "statistics-of", standard=named[0], level=named[1], version=version, count=count)


def figures(item: ItemStatistics) -> tuple[str, ...]:
    """The figures of `COLUMNS`; "–" where there is too little to say."""
    mean = UNRATED if item.mean is None else f"{item.mean.value:.1f}±{item.spread or 0:.1f}"
    shares = (UNRATED if each is None else percent(each.value) for each in (item.met, item.unobserved, item.agreed))
    met, unobserved, agreed = shares
    told = UNRATED if item.discrimination is None else f"{item.discrimination.value:.2f}".replace("-", "−")
    return met, mean, unobserved, agreed, told


def is_points(found: Findings) -> bool:
    """Whether elements are rated by points: then meeting one is having all its points, which few need to."""
    return isinstance(found.standard.rating, PointsRating)


def headings(found: Findings, language: str) -> tuple[str, ...]:
    """The names of `COLUMNS`."""
    met = "full" if is_points(found) else "met"
    return tuple(say(language, f"statistics-column-{each}") for each in (met, *COLUMNS[1:]))


def chart_of(found: Findings, rules: SignRules, language: str) -> ItemsChart:
    """The elements of a level, with what is noticed of each. Criteria stand in the sheet: they would be too many."""
    named, columns = names(found.standard, language), headings(found, language)
    noticed: dict[str, set[int]] = {}
    for sign in found.signs:
        noticed.setdefault(sign.item.id, set()).add(PLACES[sign.kind])
    rows = tuple(
        ItemRow(
            named.get(item.id, item.id),
            None if item.met is None else (item.met.value, item.met.low, item.met.high),
            figures(item),
            frozenset(noticed.get(item.id, ())),
        )
        for item in found.statistics.items
        if item.kind is ItemKind.ELEMENT
    )
    return ItemsChart(
        title=say(language, "statistics-title"),
        subtitle=heading(found, language),
        met=say(language, "statistics-line", what=columns[0]),
        columns=columns,
        rows=rows,
        limits=(rules.met_by_most,) if is_points(found) else (rules.met_by_few, rules.met_by_most),
        notes=(say(language, "statistics-note-agreed"), say(language, "statistics-note-discrimination")),
    )


def named_item(found: Findings, item: ItemStatistics, language: str) -> str:
    """What the item is called: the element, or the element and the beginning of the criterion."""
    named = names(found.standard, language)
    element = named.get(item.element, item.element)
    if item.kind is ItemKind.ELEMENT:
        return element
    return say(language, "statistics-criterion", element=element, text=_criteria(found, language).get(item.id, item.id))


def _criteria(found: Findings, language: str) -> dict[str, str]:
    return {
        each.id: shortened(each.text.in_language(language), MOST_CHARACTERS) for each in all_criteria(found.standard)
    }


def sign_line(found: Findings, sign: Sign, language: str) -> str:
    """One sign: of what, and the figure that shows it with its interval."""
    if sign.kind is SignKind.APART:
        figure = say(
            language,
            "statistics-apart",
            value=f"{sign.figure.value:.2f}",
            critical=f"{sign.item.critical:.2f}",
            count=sign.figure.results,
        )
    else:
        ends = percent(sign.figure.low), percent(sign.figure.high)
        shown = {"value": percent(sign.figure.value), "low": ends[0], "high": ends[1]}
        figure = say(language, "statistics-share", **shown, count=sign.figure.results)
    return say(language, "statistics-sign", item=named_item(found, sign.item, language), figure=figure)


def speaks_for(kind: SignKind, language: str) -> str:
    """Why a sign of this kind may mean that it is time to adjust."""
    return say(language, f"statistics-for-{kind}")


def speaks_against(kind: SignKind, doubts: Iterable[Doubt], language: str) -> list[str]:
    """Why it may not: what always has to be thought of, and what the figures themselves say."""
    return [
        say(language, f"statistics-against-{kind}"),
        *(say(language, f"statistics-doubt-{doubt}") for doubt in dict.fromkeys(doubts)),
    ]


def sheet_rows(found: Findings, language: str) -> Iterator[tuple[Cell, ...]]:
    """A row of `SHEET` for each element and criterion; shares in percent."""
    standard, statistics = found.standard, found.statistics
    named, criteria = names(standard, language), _criteria(found, language)
    level = standard.level(statistics.level).name.in_language(language)
    about = standard.name.in_language(language), standard.version, level
    for item in statistics.items:
        words = None if item.kind is ItemKind.ELEMENT else criteria.get(item.id, item.id)
        kinds = dict.fromkeys(sign.kind for sign in found.signs if sign.item.id == item.id)
        told = "\n".join(say(language, f"statistics-kind-{kind}") for kind in kinds) or None
        yield (
            *about,
            named.get(item.element, item.element),
            words,
            item.results,
            item.rated,
            *_cells(item.met, 100),
            _first(item.unobserved, 100),
            *_cells(item.mean),
            _rounded(item.spread),
            _rounded(item.full),
            None if item.agreed is None else item.agreed.results,
            _first(item.agreed, 100),
            _first(item.deviation),
            *_cells(item.discrimination),
            told,
        )


def _cells(estimate: Estimate | None, times: int = 1) -> tuple[Decimal | None, ...]:
    """The figure and both ends of its interval."""
    if estimate is None:
        return None, None, None
    return tuple(_rounded(each * times) for each in estimate[:3])


def _first(estimate: Estimate | None, times: int = 1) -> Decimal | None:
    return None if estimate is None else _rounded(estimate.value * times)


def _rounded(value: float | None) -> Decimal | None:
    return None if value is None else round_half_up(Decimal(value), HUNDREDTH)


def as_data(found: Findings) -> dict[str, object]:
    """The statistics and signs of a level for JSON, an estimate as value, low, high, results."""
    statistics = found.statistics
    return {
        "standard": statistics.standard,
        "version": statistics.version,
        "level": statistics.level,
        "results": statistics.results,
        "panels": statistics.panels,
        "fewest": FEWEST,
        "items": [{name: _plain(value) for name, value in item._asdict().items()} for item in statistics.items],
        "signs": [
            {"kind": sign.kind, "item": sign.item.id, "figure": _plain(sign.figure), "doubts": list(sign.doubts)}
            for sign in found.signs
        ],
    }


def _plain(value: object) -> object:
    if isinstance(value, Estimate):
        return {name: _plain(each) for name, each in value._asdict().items()}
    return as_number(round_half_up(Decimal(value), Decimal("0.0001"))) if isinstance(value, float) else value
