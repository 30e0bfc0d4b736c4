"""The explanation of a result in pages: what counts and why, what changed since the last one, then every element."""

from collections.abc import Mapping

from bot.buttons import To, command
from bot.render.message import Message, bold, button, esc, packed
from bot.render.standard import learn_button
from qualify.reporting.wording import NAME, changes, explained, signature
from qualify.scoring import CriterionMarks, ElementResult, Mark, by_criterion
from qualify.services.assessments.overview import ResultView
from qualify.standard import all_criteria
from qualify.texts import say, shortened

PAGE = 3500  # room for the heading within Telegram's 4096


def explanation(shown: ResultView, page: int, language: str) -> Message:
    """A page of the explanation, with buttons to the others."""
    pages = explanation_pages(shown, language)
    page = min(max(page, 0), len(pages) - 1)
    name = shortened(shown.subject, NAME)
    title = say(language, "chat-explain-title", name=name, page=str(page + 1), pages=str(len(pages)))
    turns = []
    if page > 0:
        turns.append(button(say(language, "chat-explain-previous"), command(To.EXPLAIN, shown.id, page - 1)))
    if page + 1 < len(pages):
        turns.append(button(say(language, "chat-explain-next"), command(To.EXPLAIN, shown.id, page + 1)))
    return Message(
        f"{bold(title)}\n\n{pages[page]}",
        [*([turns] if turns else []), [learn_button(shown, language)]],
        protected=True,
    )


def explanation_pages(shown: ResultView, language: str) -> list[str]:
    """All pages as HTML, none longer than a message can be: signature, sum and way up, and what the mark
    beside numbers stands for; what changed; the elements."""
    words = explained(shown, language)
    texts = {criterion.id: criterion.text.in_language(language) for criterion in all_criteria(shown.standard)}
    pages = packed([esc(line) for line in (*signature(shown, language), *words.closing, *words.notes)], "\n", PAGE)
    pages += packed([esc(line) for line in changes(shown, language)], "\n", PAGE)
    for module in shown.standard.modules:
        ids = {element.id for element in module.elements}
        rated = [element for element in shown.result.elements if element.id in ids]
        blocks = [_block(words.elements[each.id], _short_of(shown, each, texts, language)) for each in rated]
        if blocks:
            pages += packed([f"<i>{esc(module.name.in_language(language))}</i>", *blocks], "\n\n", PAGE)
    return pages


def _block(words: list[str], shortfalls: list[str]) -> str:
    heading, *lines = words
    return "\n".join([bold(heading), *map(esc, lines), *map(esc, shortfalls)])


def _short_of(shown: ResultView, element: ElementResult, texts: Mapping[str, str], language: str) -> list[str]:
    """What kept the element from full marks, as far as the viewer reads answers."""
    return _shortfalls(element, texts, language) if shown.opens_answers else []


def _shortfalls(element: ElementResult, texts: Mapping[str, str], language: str) -> list[str]:
    """The criteria of the level that somebody found met only in part or not at all. Where there are several assessors
    each says how often, and by whom where their names may be read."""
    level = {key for review in element.reviews for key in review.marks}
    found = [each for each in by_criterion(element) if each.criterion in level and each.marked_down]
    several = len(element.reviews) > 1
    return [f"{_marked_down(each, language, several=several)} {texts[each.criterion]}" for each in found]


def _marked_down(criterion: CriterionMarks, language: str, *, several: bool) -> str:
    """The icons of the marks; with several assessors, each with the names or with how many they are."""
    said = []
    for mark in (Mark.NOT_MET, Mark.PARTLY):
        by = [assessor for assessor, given in criterion.marked_down if given is mark]
        if by:
            names = say(language, "explain-separator").join(filter(None, by))
            said.append(mark_icon(mark, language) + ((names or str(len(by))) if several else ""))
    return " ".join(said)


def mark_icon(mark: Mark, language: str) -> str:
    """The icon of a mark, as the review's screen has it."""
    return say(language, f"chat-icon-{mark.replace('_', '-')}", part="lead")
