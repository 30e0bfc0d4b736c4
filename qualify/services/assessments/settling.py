"""Whoever signs settles what assessors and lists leave open: which of several scores stands, and whether two cases that
look alike are one. It is kept, and the assessment is scored again at once."""

from collections.abc import Callable
from decimal import Decimal
from typing import NamedTuple

from qualify.access import Permission
from qualify.errors import InvalidInput, Stale
from qualify.scoring import Case, Result
from qualify.services.assessments import facts
from qualify.services.assessments.corrections import freeze
from qualify.services.assessments.facts import CaseMatter, Matter, ScoreMatter
from qualify.services.assessments.lifecycle import Held, move_and_keep, permitted, tell_admins
from qualify.services.assessments.sign_off import publish_unsigned
from qualify.services.authorization import Actor, UnitOfWork, acting
from qualify.services.context import Context
from qualify.services.reviews.scored import scored
from qualify.storage import results, settlements
from qualify.storage.tables import NoticeKind, Settlement
from qualify.workflow import AssessmentState, Event, follow


class Settling(NamedTuple):
    """What is stored of one decision: its kind, what it is about and what was decided, and the same for the audit
    log."""

    kind: str
    subject: str
    value: str
    told: dict[str, object]


Decide = Callable[[list[Matter]], list[Settling]]


def settle(context: Context, actor: Actor, assessment_id: int, matter: int, choice: int, *, seen: int) -> int:
    """Settle one of the matters of an assessment (see `facts.matters`) by the place of the matter and of the choice: a
    claim to a score; of two cases 0 = the same, 1 = distinct. Returns the newest result's id then.

    `seen` is the result that the decider looked at. Raises NotFound, Forbidden, Stale when a newer result came since or
    there is no such choice, or InvalidInput for a state in which nothing is settled.
    """

    def decide(matters: list[Matter]) -> list[Settling]:
        if not (0 <= matter < len(matters) and 0 <= choice < choices(matters[matter])):
            raise Stale("error-stale")
        return [_settling(matters[matter], choice)]

    return _settle(context, actor, assessment_id, decide, seen)


def choices(matter: Matter) -> int:
    """How many answers there are to the matter."""
    return len(matter.claims) if isinstance(matter, ScoreMatter) else 2


def _settling(matter: Matter, choice: int) -> Settling:
    told: dict[str, object]
    if isinstance(matter, CaseMatter):
        decided = (facts.SAME, facts.DISTINCT)[choice]
        told = {"cases": [_case_words(case) for case in matter.cases], "same": decided == facts.SAME}
        return Settling(facts.CASES, facts.case_settlement(matter.cases), decided, told)
    stands, among = matter.claims[choice].score, [claim.score for claim in matter.claims]
    told = {"examination": matter.subject, "score": stands, "among": among}
    return Settling(facts.SCORE, matter.subject, facts.score_settlement(stands, among), told)


def _case_words(case: Case) -> str:
    return f"{case.adopted.isoformat()} {case.title}".rstrip()


def settle_score(context: Context, actor: Actor, assessment_id: int, subject: str, score: Decimal) -> int:
    """Settle which score of a subject stands; returns the newest result's id then. Raises what `settle` does, and
    InvalidInput where the subject isn't open or nobody gave that score."""

    def decide(matters: list[Matter]) -> list[Settling]:
        given = {each.subject: each for each in matters if isinstance(each, ScoreMatter)}
        if subject not in given:
            raise InvalidInput("error-settle-subject", given=subject, subjects=", ".join(given) or "—")
        scores = [claim.score for claim in given[subject].claims]
        if score not in scores:
            raise InvalidInput(
                "error-settle-score", scores=", ".join(f"{each:f}" for each in scores if each is not None)
            )
        return [_settling(given[subject], scores.index(score))]

    return _settle(context, actor, assessment_id, decide, None)


def settle_by(context: Context, actor: Actor, assessment_id: int, source: int, *, seen: int | None = None) -> int:
    """Settle at once every score that is open and that the source gave: a review by its id, or `facts.LISTS`. Returns
    the newest result's id then. Raises what `settle` does, and InvalidInput where the source gave none of them."""

    def decide(matters: list[Matter]) -> list[Settling]:
        found = facts.open_by_source(matters).get(source)
        if not found:
            raise InvalidInput("error-settle-source")
        return [_settling(matter, matter.claims.index(claim)) for matter, claim in found]

    return _settle(context, actor, assessment_id, decide, seen)


def settle_cases(context: Context, actor: Actor, assessment_id: int, number: int, *, same: bool) -> int:
    """Settle whether two likely twins, the pair with this number (from 1), are one case; returns the newest result's id
    then. Raises what `settle` does, and InvalidInput where there is no such pair."""

    def decide(matters: list[Matter]) -> list[Settling]:
        pairs = [each for each in matters if isinstance(each, CaseMatter)]
        if not 0 < number <= len(pairs):
            raise InvalidInput("error-settle-pair", given=str(number), count=str(len(pairs)))
        return [_settling(pairs[number - 1], 0 if same else 1)]

    return _settle(context, actor, assessment_id, decide, None)


def _settle(context: Context, actor: Actor, assessment_id: int, decide: Decide, seen: int | None) -> int:
    with acting(context, actor) as work:
        file = permitted(work, Permission.SIGN_OFF, assessment_id)
        follow(AssessmentState(file.assessment.state), Event.SETTLE)
        before = results.newest_of(work.connection, assessment_id)
        assert before is not None, "what is reviewed has a result"
        if seen not in (None, before.id):
            raise Stale("error-stale")
        decided = decide(facts.matters(context, work.connection, file))
        for each in decided:
            made = Settlement(
                assessment_id=assessment_id,
                kind=each.kind,
                subject=each.subject,
                value=each.value,
                person_id=actor.person_id,
                at=context.now(),
            )
            settlements.add(work.connection, made)
        result = scored(context, work.connection, file)
        result_id = freeze(work.connection, file.assessment, result, context.now())
        move_and_keep(work, file.assessment, Event.SETTLE, **_told(decided), result=result_id, replaces=before.id)
        _go_on(work, file, result_id, result)
        return result_id


def _told(decided: list[Settling]) -> dict[str, object]:
    """What the log says of decisions that were made together: a list of each where they are several."""
    if len(decided) == 1:
        return decided[0].told
    return {name: [each.told[name] for each in decided] for name in decided[0].told}


def _go_on(work: UnitOfWork, file: Held, result_id: int, result: Result) -> None:
    """Once everything is settled the other administrators are asked to sign, or where that was waived the result is
    published."""
    if facts.unsettled(result):
        return
    if not file.assessment.sign_off:
        publish_unsigned(work.context, work.connection, file, result_id)
        return
    others = file.assessment.subject_id, work.actor.person_id
    tell_admins(work.context, work.connection, NoticeKind.TO_SIGN, result_id, but=others)
