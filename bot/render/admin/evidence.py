"""The notes and files that assessors kept, as the person who decides about an assessment reads them."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from bot.render.admin.case import MAX_TEXT, fitting, heading_words, part_words
from bot.render.admin.menu import back, on_page, pages
from bot.render.evidence import MAX_NAME, PAGE, line, open_button
from bot.render.message import Message, bold, esc, short
from qualify.services.assessments.overview import Overview
from qualify.standard import names
from qualify.storage.tables import Evidence
from qualify.texts import say


class Kept(NamedTuple):
    """A note or a file with its number in the list, whose review it is in and which element it belongs to, in words."""

    number: int
    by: str
    element: str
    evidence: Evidence


def evidence_message(view: Overview, page: int, language: str) -> Message:
    """One page of what the administrator may read, by assessor and element, with a button that opens each."""
    kept = list(_kept(view, language))
    title = f"{bold(heading_words(view, language))}\n{esc(say(language, 'admin-case-evidence', count=str(len(kept))))}"
    blocks, shown = [title], kept[on_page(kept, page, PAGE)]
    for by, reviewed in groupby(shown, lambda each: each.by):
        lines = [bold(by)]
        for element, noted in groupby(reviewed, lambda each: each.element):
            lines.append(f"<i>{esc(element)}</i>")
            lines += [f"{each.number}. {esc(line(each.evidence, language))}" for each in noted]
        blocks.append("\n".join(lines))
    opening = [open_button(each.number, each.evidence, page) for each in shown if not each.evidence.was_taken_back]
    rows = [*([opening] if opening else []), *pages(language, "case-evidence", page, len(kept), view.id, size=PAGE)]
    text = fitting("\n\n".join(blocks), MAX_TEXT)
    return Message(text, [*rows, [back(language, "case", view.id)]], protected=True)


def _kept(view: Overview, language: str) -> Iterator[Kept]:
    """All notes and files by assessor, then in the standard's order; what belongs to a review as a whole comes last."""
    named = {**names(view.standard, language), "": say(language, "admin-evidence-review")}
    places, number = list(named), 0
    for review in view.reviews:
        by = part_words(review, language)
        for each in sorted(review.notes or (), key=lambda each: places.index(each.element)):
            number += 1
            yield Kept(number, by, short(named[each.element], MAX_NAME), each)
