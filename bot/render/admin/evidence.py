"""The notes and files that assessors kept, as the person who decides about an assessment reads them."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from bot.render.admin.case import MAX_TEXT, fitting, heading_words, part_words
from bot.render.admin.menu import back, on_page, pages
from bot.render.message import Message, bold, esc, short
from qualify.services.assessments.overview import Overview
from qualify.standard import names
from qualify.storage.tables import Evidence
from qualify.texts import say

PAGE = 4
"""How many notes and files a page shows."""
MAX_WORDS = 400
"""How many characters of each are shown: a page of them fits even where all are emoji, which count twice."""
MAX_NAME = 60
"""How many characters of an element's name are shown."""


class Kept(NamedTuple):
    """A note or a file, with whose review it is in and which element it belongs to, both in words."""

    by: str
    element: str
    evidence: Evidence


def evidence_message(view: Overview, page: int, language: str) -> Message:
    """One page of what the administrator may read, by assessor and element."""
    kept = list(_kept(view, language))
    title = f"{bold(heading_words(view, language))}\n{esc(say(language, 'admin-case-evidence', count=str(len(kept))))}"
    blocks = [title]
    for by, reviewed in groupby(kept[on_page(kept, page, PAGE)], lambda each: each.by):
        lines = [bold(by)]
        for element, noted in groupby(reviewed, lambda each: each.element):
            lines += [f"<i>{esc(element)}</i>", *(esc(_line(each.evidence, language)) for each in noted)]
        blocks.append("\n".join(lines))
    rows = [*pages(language, "case-evidence", page, len(kept), view.id, size=PAGE), [back(language, "case", view.id)]]
    return Message(fitting("\n\n".join(blocks), MAX_TEXT), rows, protected=True)


def _kept(view: Overview, language: str) -> Iterator[Kept]:
    """All notes and files by assessor, then in the standard's order; what belongs to a review as a whole comes last."""
    named = {**names(view.standard, language), "": say(language, "admin-evidence-review")}
    places = list(named)
    for review in view.reviews:
        by = part_words(review, language)
        for each in sorted(review.notes or (), key=lambda each: places.index(each.element)):
            yield Kept(by, short(named[each.element], MAX_NAME), each)


def _line(evidence: Evidence, language: str) -> str:
    """What kind of evidence it is, and its words if it has any."""
    kind = say(language, "admin-evidence-kind", kind=evidence.kind)
    words = short(evidence.text, MAX_WORDS)
    return say(language, "admin-evidence-words", kind=kind, text=words) if words else kind
