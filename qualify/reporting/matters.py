"""What whoever signs has to settle, in words: who says what, and what was decided."""

from collections.abc import Iterable

from qualify.reporting.wording import NAME, assessor_name
from qualify.scoring import Case, plain
from qualify.services.assessments.facts import LISTS, CaseMatter, Claim, Matter, ScoreMatter, open_by_source
from qualify.services.assessments.overview import Overview
from qualify.standard import names
from qualify.texts import say, shortened


def title(matter: Matter, view: Overview, language: str) -> str:
    """What it is about: the examination, or the two cases."""
    if isinstance(matter, ScoreMatter):
        return names(view.standard, language)[matter.subject]
    first, second = (case_words(case, language) for case in matter.cases)
    return say(language, "settle-twins", first=first, second=second)


def case_words(case: Case, language: str) -> str:
    """A case by its title and the day it was adopted."""
    named = shortened(case.title, NAME) or say(language, "settle-untitled")
    return say(language, "settle-case", title=named, date=case.adopted.isoformat())


def sentence(matter: Matter, view: Overview, language: str) -> str:
    """The matter in a line: what each of the assessors and lists says, and what was decided."""
    said = _decided(matter, language) if matter.is_settled else _until_then(matter, language)
    between = " / ".join(answers(matter, view, language)) if isinstance(matter, ScoreMatter) else ""
    what = title(matter, view, language)
    return say(language, "settle-line", what=what, said=f"{between} · {said}" if between else said)


def _decided(matter: Matter, language: str) -> str:
    if isinstance(matter, CaseMatter):
        return say(language, "settle-is-same" if matter.same else "settle-is-distinct")
    return say(language, "settle-stands", score=_score(matter.stands, language))


def _until_then(matter: Matter, language: str) -> str:
    """What counts until it is settled."""
    if isinstance(matter, CaseMatter):
        return say(language, "settle-open-cases")
    return say(language, "settle-open-score", score=_score(matter.stands, language))


def answers(matter: Matter, view: Overview, language: str) -> list[str]:
    """The choices: each score with who gave it and when, or the same and distinct."""
    if isinstance(matter, CaseMatter):
        return [say(language, "settle-same"), say(language, "settle-distinct")]
    return [_claim(claim, view, language) for claim in matter.claims]


def _claim(claim: Claim, view: Overview, language: str) -> str:
    by = _assessors(claim.reviews, view, language)
    if claim.listed_on is not None:
        by.append(say(language, "settle-list", date=claim.listed_on.isoformat()))
    sources = say(language, "explain-separator").join(by)
    return say(language, "settle-claim", score=_score(claim.score, language), sources=sources)


def by_source(view: Overview, language: str) -> list[tuple[int, str]]:
    """From whom several open scores can be taken at once, and the words for it; lists come last."""
    called = {review.id: shortened(assessor_name(review, language), NAME) for review in view.reviews}
    called[LISTS] = say(language, "settle-lists")
    found = open_by_source(view.matters)
    return [
        (source, say(language, "settle-by", count=str(len(found[source])), source=name))
        for source, name in called.items()
        if len(found.get(source, ())) > 1
    ]


def _score(score: object, language: str) -> str:
    return say(language, "export-not-taken") if score is None else plain(score)  # type: ignore[arg-type]


def _assessors(review_ids: Iterable[int], view: Overview, language: str) -> list[str]:
    wanted = set(review_ids)
    return [shortened(assessor_name(review, language), NAME) for review in view.reviews if review.id in wanted]


def listers(matter: CaseMatter, view: Overview, language: str) -> list[str]:
    """Each of the two cases in a line, with who listed it."""
    separator = say(language, "explain-separator")
    return [
        say(
            language,
            "settle-listed",
            case=case_words(case, language),
            by=separator.join(_assessors(reviews, view, language)),
        )
        for case, reviews in zip(matter.cases, matter.reviews, strict=True)
    ]
