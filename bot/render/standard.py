"""A standard in the chat: one message that is turned from page to page. Every button says where the reader came from,
so that each page leads back there: to the review in hand, or to the explanation of a result."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from bot.buttons import To, command
from bot.render.message import Button, Message, Rows, bold, button, esc, in_rows, packed, short
from qualify.reporting import standard_pages
from qualify.reporting.standard_pages import Page, Paragraph
from qualify.scoring import ElementResult, plain
from qualify.services.assessments.overview import ResultView
from qualify.services.reading import LevelChoice, mark
from qualify.services.reviews.screen import Turn
from qualify.standard import Element, Level, Standard
from qualify.texts import say, shortened

ROOM = 1800
"""UTF-16 units of a page: what a thumb scrolls through without losing its place."""
LONGEST_LINE = 1000
CHOICES = 12
"""Levels on a page of the list to choose from."""
NAME = 40


class Place(NamedTuple):
    """Where somebody reads, as a button carries it: the version of a standard by its mark, its level and element by
    their places in it, the page; and the `review` or `result` that they came from, 0 for neither."""

    standard: int
    level: int = 0
    element: int = 0
    page: int = 0
    review: int = 0
    result: int = 0

    def to(self, word: str, text: str, **changed: int) -> Button:
        """A button to a screen, from its first page on unless it says otherwise."""
        return button(text, command(To.STANDARD, *self._replace(**{"page": 0} | changed), word=word))


class OpenStandard(NamedTuple):
    """A standard opened at a place: which version, and which of its levels."""

    place: Place
    chosen: LevelChoice

    @property
    def standard(self) -> Standard:
        """The version of the standard."""
        return self.chosen.standard

    @property
    def level(self) -> Level:
        """The level."""
        return self.chosen.level

    @property
    def element(self) -> Element:
        """The element at the place. Raises IndexError beyond the last."""
        return self.standard.all_elements()[self.place.element]


def _place(standard: Standard, level_id: str, element: Element | None = None, *, review: int = 0) -> Place:
    ids = [level.id for level in standard.levels]
    number = [each.id for each in standard.all_elements()].index(element.id) if element else 0
    return Place(mark(standard), ids.index(level_id), number, review=review)


def info_button(turn: Turn, language: str) -> Button:
    """From the screen of a review to what the standard says of the element in hand, at the level that is asked."""
    screen = turn.screen
    assert screen is not None
    standard, level_id = turn.plan.standard, turn.plan.level
    above = standard.next_level(level_id)
    asked = above.id if screen.offered and above else level_id
    return _place(standard, asked, screen.element, review=turn.row.id).to("element", say(language, "reading-info"))


def learn_button(shown: ResultView, language: str) -> Button:
    """From a result to what each of its elements asks for."""
    place = _place(shown.standard, shown.result.level)
    return place.to("learn", say(language, "reading-learn"), result=shown.id)


def choice_message(choices: Sequence[LevelChoice], first: int, language: str) -> Message:
    """Asks for a level: a page of them, the reader's own marked."""
    rows: Rows = []
    for each in choices[first : first + CHOICES]:
        words = say(language, "reading-choice", level=_level(each, language), standard=_standard(each, language))
        place = _place(each.standard, each.level.id)
        rows.append([place.to("level", ("⭐ " if each.is_own else "") + words)])
    turns = [("chat-explain-previous", first - CHOICES), ("chat-explain-next", first + CHOICES)]
    row = [button(say(language, key), command(To.STANDARD, to)) for key, to in turns if 0 <= to < len(choices)]
    key = "reading-choose-own" if choices and choices[0].is_own else "reading-choose"
    return Message(esc(say(language, key)), [*rows, *([row] if row else [])])


def level_message(opened: OpenStandard, language: str) -> Message:
    """A level at a glance: what it means, what is rated, and the way to everything else."""
    place, standard, level = opened.place, opened.standard, opened.level
    page = standard_pages.elements(standard, level.id, language)
    if level.definition:
        page.insert(0, Paragraph("", (level.definition.in_language(language),)))
    page.append(Paragraph("", (say(language, "reading-hint"),)))
    numbers = [
        place.to("element", str(number), element=standard.all_elements().index(element))
        for number, element in enumerate(standard.elements_at(level.id), start=1)
    ]
    rows = [*in_rows(numbers, 5), *in_rows(_sections(opened, language), 2), *_levels(opened, "level", language)]
    text = "\n\n".join([bold(_heading(opened, language)), *_blocks(page)])
    return Message(text, [*rows, *_way_out(place, language)])


Write = Callable[[Standard, str, str], Page]
SECTIONS: dict[str, tuple[str, Write]] = {
    "about": ("reading-to-about", standard_pages.about),
    "rating": ("reading-to-rating", standard_pages.rated),
    "exams": ("reading-to-exams", standard_pages.exams),
    "lists": ("reading-to-lists", lambda standard, _, language: standard_pages.reading_lists(standard, language)),
    "agreed": ("reading-to-agreed", lambda standard, _, language: standard_pages.agreed(standard, language)),
}
"""What there is to read besides the elements, by the word of its button: the button's text, and the page."""


def _sections(opened: OpenStandard, language: str) -> list[Button]:
    """Buttons to the sections that have something to say."""
    return [
        opened.place.to(word, say(language, key))
        for word, (key, write) in SECTIONS.items()
        if write(opened.standard, opened.level.id, language)
    ]


def section_message(opened: OpenStandard, word: str, language: str) -> Message:
    """A section, page by page."""
    key, write = SECTIONS[word]
    page = [Paragraph(say(language, key), ()), *write(opened.standard, opened.level.id, language)]
    back = [opened.place.to("level", say(language, "reading-to-elements"))]
    return _paged(opened, word, page, [back, *_way_out(opened.place, language)], language)


def element_message(opened: OpenStandard, language: str) -> Message:
    """What the element is and what the level asks of it, with the levels around it and the elements around it. For who
    comes from a result also what the next level asks."""
    place, level_id = opened.place, opened.level.id
    above = bool(place.result)
    page = standard_pages.element(opened.standard, opened.element, level_id, language, above=above)
    rows = [*_levels(opened, "element", language), _around(opened, language), *_way_out(place, language)]
    return _paged(opened, "element", page, rows, language)


def _around(opened: OpenStandard, language: str) -> list[Button]:
    """The element before, all of them, and the one after, among those that the level asks for."""
    place, every = opened.place, opened.standard.all_elements()
    asked = [every.index(each) for each in opened.standard.elements_at(opened.level.id)]
    before = [number for number in asked if number < place.element][-1:]
    after = [number for number in asked if number > place.element][:1]
    whole = "learn" if place.result else "level"
    return [
        *(place.to("element", f"‹ {asked.index(number) + 1}", element=number) for number in before),
        place.to(whole, say(language, "reading-to-elements")),
        *(place.to("element", f"{asked.index(number) + 1} ›", element=number) for number in after),
    ]


def learn_message(shown: ResultView, opened: OpenStandard, language: str) -> Message:
    """The elements of a result, those that have something left to reach first; a number leads to what is asked."""
    results = list(enumerate(shown.result.elements, start=1))
    groups = [
        ("reading-learn-lacking", [each for each in results if not _is_full(each[1])]),
        ("reading-learn-met", [each for each in results if _is_full(each[1])]),
    ]
    page = [Paragraph(say(language, "reading-learn"), (say(language, "reading-learn-hint"),))]
    rows: Rows = []
    every = [element.id for element in opened.standard.all_elements()]
    for key, group in groups:
        if group:
            lines = (_learn_row(opened.standard, number, each, language) for number, each in group)
            page.append(Paragraph(say(language, key), tuple(lines)))
        numbers = [opened.place.to("element", str(number), element=every.index(each.id)) for number, each in group]
        rows += in_rows(numbers, 5)
    text = "\n\n".join([esc(_heading(opened, language)), *_blocks(page)])
    return Message(text, [*rows, *_way_out(opened.place, language)], protected=True)


def _is_full(element: ElementResult) -> bool:
    """Whether the rating has reached what the level asks for, or all the element's points."""
    return element.rating is not None and element.rating >= element.target


def _learn_row(standard: Standard, number: int, element: ElementResult, language: str) -> str:
    return say(
        language,
        "reading-learn-row",
        number=str(number),
        name=standard.element(element.id).name.in_language(language),
        rating=say(language, "chat-open") if element.rating is None else plain(element.rating),
        target=plain(element.target),
    )


def _heading(opened: OpenStandard, language: str) -> str:
    chosen = opened.chosen
    return say(language, "reading-heading", standard=_standard(chosen, language), level=_level(chosen, language))


def _level(chosen: LevelChoice, language: str) -> str:
    return short(chosen.level.name.in_language(language), NAME)


def _standard(chosen: LevelChoice, language: str) -> str:
    """The standard's name, and the version where there is a newer one."""
    name = short(chosen.standard.name.in_language(language), NAME)
    if chosen.is_in_force:
        return name
    return say(language, "reading-earlier", name=name, version=str(chosen.standard.version))


def _blocks(page: Page) -> list[str]:
    """Each part as HTML. What is agreed has a mark, which is explained once, at the end."""
    blocks = []
    for part in page:
        heading = [bold(part.heading + (" ＊" if part.agreed else ""))] if part.heading else []
        blocks.append("\n".join([*heading, *(esc(shortened(line, LONGEST_LINE)) for line in part.lines)]))
    return blocks


def _paged(opened: OpenStandard, word: str, page: Page, rows: Rows, language: str) -> Message:
    """One page of it, with the buttons to the pages around it."""
    if any(part.agreed for part in page):
        page = [*page, Paragraph("", (say(language, "reading-agreed-mark"),))]
    pages = packed(_blocks(page), "\n\n", ROOM)
    number = min(opened.place.page, len(pages) - 1)
    heading = _heading(opened, language)
    if len(pages) > 1:
        heading += say(language, "reading-page", page=str(number + 1), pages=str(len(pages)))
    turns = [("chat-explain-previous", number - 1), ("chat-explain-next", number + 1)]
    row = [opened.place.to(word, say(language, key), page=to) for key, to in turns if 0 <= to < len(pages)]
    return Message(f"{esc(heading)}\n\n{pages[number]}", [*([row] if row else []), *rows])


def _levels(opened: OpenStandard, word: str, language: str) -> Rows:
    """Buttons to the same screen at the level below and above."""
    place, levels = opened.place, opened.standard.levels
    around = (("reading-below", place.level - 1), ("reading-above", place.level + 1))
    row = [
        place.to(word, say(language, key, level=levels[to].name.in_language(language)), level=to)
        for key, to in around
        if 0 <= to < len(levels)
    ]
    return [row] if row else []


def _way_out(place: Place, language: str) -> Rows:
    """Back to where the reader came from; else to another standard or level."""
    if place.review:
        return [[button(say(language, "evidence-back"), command(To.KEPT, place.review, word="back"), "primary")]]
    if place.result:
        return [[button(say(language, "reading-to-result"), command(To.EXPLAIN, place.result, 0))]]
    return [[button(say(language, "reading-to-choice"), command(To.STANDARD))]]
