"""One assessment as somebody sees it: who rates and how far they are, the result, the signature, the appeal, notes and
files, and what this person can do with it now. Plain data, cut to what `qualify.visibility` lets them see.

The chat, the command line, notices and exports all read this, one assessment or many at once; words and charts are made
of it in `qualify.reporting`.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import Connection

from qualify.access import Permission, Relation
from qualify.dialogue import Entry, EntryKind, Position, plan
from qualify.errors import Forbidden, InvalidInput, NotFound, QualifyError
from qualify.scoring import Comparison, Disagreement, Result, compare, disagreements
from qualify.services.assessments.amendments import refuse_published
from qualify.services.assessments.facts import Matter, matters, unsettled
from qualify.services.assessments.lifecycle import Held, counts, held
from qualify.services.assessments.sign_off import own_ratings, refuse_unsettled
from qualify.services.authorization import Actor, Viewer, viewer_of
from qualify.services.context import Context, reads
from qualify.standard import Standard
from qualify.storage import assessments, names, results, reviews
from qualify.storage.reviews import Assigned
from qualify.storage.tables import Appeal, Assessment, Evidence, Person, Review, Signature, StoredResult
from qualify.visibility import Content, Stage, sees, sees_given, sees_names, sees_result, stage_of
from qualify.workflow import OWED, AssessmentState, Event, ReviewState, follow, require_owed
from qualify.workflow import Part as ReviewPart


class NextStep(StrEnum):
    """What can be done with an assessment, the most urgent first; the last two are for the person who is assessed."""

    SIGN = "sign"
    PUBLISH = "publish"
    REPLY = "reply"
    REOPEN = "reopen"
    RETURN = "return"
    REMIND = "remind"
    EXTEND = "extend"
    REASSIGN = "reassign"
    WITHDRAW = "withdraw"
    SETTLE = "settle"
    ACKNOWLEDGE = "acknowledge"
    APPEAL = "appeal"


STEPS: Mapping[NextStep, tuple[Permission, Event | None]] = {
    NextStep.SIGN: (Permission.SIGN_OFF, Event.SIGN_OFF),
    NextStep.PUBLISH: (Permission.PUBLISH, Event.PUBLISH),
    NextStep.REPLY: (Permission.ANSWER_APPEAL, Event.ANSWER),
    NextStep.REOPEN: (Permission.ANSWER_APPEAL, Event.REOPEN),
    NextStep.RETURN: (Permission.RETURN, Event.RETURN),
    NextStep.REMIND: (Permission.REMIND, None),
    NextStep.EXTEND: (Permission.CHANGE, None),
    NextStep.REASSIGN: (Permission.CHANGE, None),
    NextStep.WITHDRAW: (Permission.CHANGE, Event.WITHDRAW),
    NextStep.SETTLE: (Permission.SIGN_OFF, Event.SETTLE),
    NextStep.ACKNOWLEDGE: (Permission.ACKNOWLEDGE, Event.ACKNOWLEDGE),
    NextStep.APPEAL: (Permission.APPEAL, Event.APPEAL),
}
"""What each needs: the permission, and the event that the state must allow; None = reviews must still be owed."""
OF_THE_SUBJECT = frozenset({NextStep.ACKNOWLEDGE, NextStep.APPEAL})


class SignatureView(NamedTuple):
    """The signature under a result; `name` is empty for the command line, and where the viewer may not read it."""

    name: str
    on: date
    grade: str | None
    reason: str


class EarlierResult(NamedTuple):
    """How the result compares with an earlier one of the same standard and level, made on that day."""

    made_on: date
    comparison: Comparison
    composite: Decimal | None


@dataclass(frozen=True, slots=True)
class ResultView:
    """A frozen result with the standard it was made by, and what one particular person may see around it.

    `own` are the ratings of the self-assessment by element. `earlier` compares it with the person's last one of another
    assessment. `is_replaced` by a later published result of the same
    assessment; `replaces` is the published result of the assessment that this one took the place of, and how it differs
    from it; `may_acknowledge` and `may_appeal` (at least until `appeal_until`, the company's time) say what its
    subject can still do. Days are the company's. With `hides_assessors` the figures hold no names: numbers stand in
    their place. `opens_answers` says whether the viewer reads how single criteria were marked.
    """

    id: int
    subject: str
    made_by: Standard | None
    stored: StoredResult
    made_on: date
    state: AssessmentState
    signed: SignatureView | None
    own: dict[str, Decimal]
    earlier: EarlierResult | None
    is_replaced: bool
    replaces: EarlierResult | None
    may_acknowledge: bool
    may_appeal: bool
    published_on: date | None
    appeal_until: datetime | None
    hides_assessors: bool
    opens_answers: bool

    @property
    def result(self) -> Result:
        """The figures, without the assessors' names where these are hidden."""
        return _figures(self.stored.figures, named=not self.hides_assessors)

    @property
    def assessors(self) -> int:
        """How many assessors' ratings it is made of."""
        return len(self.result.elements[0].reviews)

    @property
    def standard(self) -> Standard:
        """The standard it was made by. Raises NotFound when it is gone, or its structure (a draft's) changed since."""
        return _still_there(self.made_by, self.stored.standard, self.stored.version)

    @property
    def grade(self) -> str | None:
        """The grade that counts: the signed one where it differs from the computed one; None when not granted."""
        if self.signed_otherwise is not None:
            return self.signed_otherwise.grade or None
        return self.result.grade

    @property
    def is_refused(self) -> bool:
        """Whether the level is not granted: by the signature where it differs from what was computed."""
        signed = self.signed_otherwise
        return self.result.granted is False if signed is None else not signed.grade

    @property
    def valid_until(self) -> date | None:
        """The last day that the result is valid; None before it is published, and for one that grants nothing: it never
        is."""
        return None if self.is_refused else self.stored.valid_until

    @property
    def signed_otherwise(self) -> SignatureView | None:
        """The signature, where it gives another grade than the computed one."""
        return self.signed if self.signed is not None and self.signed.grade is not None else None


@dataclass(frozen=True, slots=True)
class ReviewOverview:
    """One review: whose, in which part, where it stands.

    `assessor` is "" and `assessor_id` None where the viewer may not know them; one who `has_left` can't go on.
    `number` counts the assessors from 1, None for a self-assessment and for a review that was taken back. `percent`
    (0…100) says how far an open one is.
    `returned` is why it was returned, `notes` are its notes and files, `entries` what was given step by step: empty,
    and None, where they aren't for the viewer or weren't asked for.
    """

    id: int
    part: ReviewPart
    weight: Decimal
    state: ReviewState
    assessor_id: int | None
    assessor: str
    has_left: bool
    number: int | None
    submitted_at: datetime | None
    percent: int | None
    returned: str
    notes: tuple[Evidence, ...] | None
    entries: tuple[Entry, ...] | None

    @property
    def is_open(self) -> bool:
        """Whether it is owed."""
        return self.state is ReviewState.OPEN

    @property
    def was_taken_back(self) -> bool:
        """Whether its assessor was replaced, or the assessment withdrawn."""
        return self.state is ReviewState.WITHDRAWN


@dataclass(frozen=True, slots=True)
class Overview:
    """An assessment as one person sees it. `results` are those that they may see, the oldest first, and `result` is the
    newest of all (or the one asked for) if it is among them; so are the `disagreements` in it, the ratings of a
    self-assessment that is `own`, and the `appeals`, the last one last.

    `allowed` are the actions that the access table lets them do here, whatever the state; `steps` what they can do now.
    With `decides` they see what administrators weigh; `matters` is what they have to settle before they sign, or have
    settled: filled in for one assessment that is looked at by itself.
    """

    assessment: Assessment
    subject: Person
    reviews: tuple[ReviewOverview, ...]
    result: ResultView | None
    results: tuple[ResultView, ...]
    own: Mapping[str, Decimal]
    appeals: tuple[Appeal, ...]
    appealed_on: date | None
    was_published: bool
    allowed: frozenset[Permission]
    is_own: bool
    decides: bool
    made_by: Standard | None
    closed: "Hindrances"
    matters: tuple[Matter, ...] = ()

    @property
    def id(self) -> int:
        """The assessment's number."""
        return self.assessment.id

    @property
    def state(self) -> AssessmentState:
        """Where it stands."""
        return AssessmentState(self.assessment.state)

    @property
    def standard(self) -> Standard:
        """The standard it was opened with. Raises NotFound when it is gone, or its structure (a draft's) changed
        since."""
        return _still_there(self.made_by, self.assessment.standard, self.assessment.version)

    @property
    def appeal(self) -> Appeal | None:
        """The last appeal, if there is one."""
        return self.appeals[-1] if self.appeals else None

    @property
    def disagreements(self) -> tuple[Disagreement, ...]:
        """Where the assessors lie far apart in the result; empty for a viewer who doesn't decide."""
        if self.result is None or self.made_by is None or not self.decides:
            return ()
        return disagreements(self.made_by, self.result.result)

    @property
    def exception(self) -> str:
        """Why it was opened although the subject lacks something that applicants must bring; empty where it is none,
        and for a viewer who doesn't decide."""
        return self.assessment.exception if self.decides else ""

    @property
    def standing(self) -> tuple[ReviewOverview, ...]:
        """The reviews that were not taken back."""
        return tuple(review for review in self.reviews if not review.was_taken_back)

    @property
    def owed(self) -> tuple[ReviewOverview, ...]:
        """The reviews that assessors still owe."""
        return tuple(review for review in self.reviews if review.is_open and review.part is not ReviewPart.SELF)

    @property
    def _may_give_back(self) -> bool:
        """Whether reviews are in while others are still owed."""
        return self.state in OWED and any(
            not review.is_open and review.part is not ReviewPart.SELF for review in self.standing
        )

    @property
    def waits_for_word(self) -> bool:
        """Whether somebody has to say what becomes of it, because its subject has left."""
        return not self.subject.active and not self.assessment.kept_on and self.state in OWED

    @property
    def steps(self) -> frozenset[NextStep]:
        """What this person can do now."""
        return frozenset(step for step in NextStep if self.may(step))

    def may(self, step: NextStep) -> bool:
        """Whether this person can take the step now."""
        try:
            self.require(step)
        except QualifyError:
            return False
        return True

    def require(self, step: NextStep) -> None:
        """Raises Forbidden, or InvalidInput that says why, unless this person can take the step now."""
        action, event = STEPS[step]
        if action not in self.allowed:
            raise Forbidden("error-forbidden")
        if event is None:
            require_owed(self.state)
        elif step is not NextStep.RETURN or not self._may_give_back:
            follow(self.state, event)
        if step is NextStep.WITHDRAW:
            refuse_published(published=self.was_published)
        if step is NextStep.SIGN and self.result is not None:
            refuse_unsettled(self.result.result)
        if step is NextStep.SETTLE and not self.matters:
            raise InvalidInput("error-nothing-to-settle")
        if step in OF_THE_SUBJECT:
            self.closed.refuse(step)


def _still_there(standard: Standard | None, standard_id: str, version: int) -> Standard:
    if standard is None:
        raise NotFound("error-standard-changed", id=standard_id, version=str(version))
    return standard


class Hindrances(NamedTuple):
    """What stands in the way of the subject's steps besides the state: the result isn't the published one that stands,
    an appeal was made that closes it, or its days are over."""

    result_stands: bool
    appealed: bool
    too_late: bool
    appeal_days: int

    def refuse(self, step: NextStep) -> None:
        """Raises InvalidInput where the step can't be taken."""
        if not self.result_stands:
            raise InvalidInput("error-result-replaced")
        if step is NextStep.APPEAL and self.appealed:
            raise InvalidInput("error-appeal-once")
        if step is NextStep.APPEAL and self.too_late:
            raise InvalidInput("error-appeal-late", days=str(self.appeal_days))


@reads
def view(context: Context, actor: Actor, assessment_id: int) -> Overview:
    """An assessment as an administrator works with it. Raises NotFound, or Forbidden for anybody else."""
    with context.database.reading() as connection:
        viewer = viewer_of(connection, actor)
        viewer.require(Permission.SEE_PROGRESS)  # somebody who may see nothing doesn't learn what there is
        found = read(context, connection, viewer, [assessment_id], notes=True).get(assessment_id)
        if found is not None and found.made_by is not None and found.decides:
            found = replace(found, matters=_matters(context, connection, found))
    if found is None:
        raise NotFound("error-assessment-unknown", id=str(assessment_id))
    _ = found.standard
    return found


def _matters(context: Context, connection: Connection, found: Overview) -> tuple[Matter, ...]:
    """What has to be settled, or was, while the result waits for a signature: nothing where no result so far had
    anything."""
    had_any = any(unsettled(each.result) for each in found.results)
    if found.state is not AssessmentState.REVIEWED or not had_any:
        return ()
    return tuple(matters(context, connection, held(connection, found.id, lock=False)))


@reads
def check(context: Context, actor: Actor, assessment_id: int, step: NextStep) -> None:
    """Raises NotFound, Forbidden or InvalidInput unless the actor can take the step now."""
    view(context, actor, assessment_id).require(step)


class _Record(NamedTuple):
    """Everything about one assessment, uncut."""

    assessment: Assessment
    subject: Person
    called: str
    assigned: list[Assigned]
    results: list[StoredResult]
    signatures: Mapping[int, tuple[Signature, str]]
    appeals: Sequence[Appeal]
    evidence: Mapping[int, list[Evidence]]
    entries: Mapping[int, list[Entry]] | None


def read(
    context: Context,
    connection: Connection,
    viewer: Viewer,
    assessment_ids: Collection[int],
    result_id: int | None = None,
    *,
    notes: bool = False,
    entries: Collection[EntryKind] = (),
    compared: bool = True,
) -> dict[int, Overview]:
    """The assessments as the viewer sees them, by id, read together; those that aren't there are left out.

    `result_id` asks for another result than the newest one; `notes` for notes and files, `entries` for what was given
    in submitted reviews, of these kinds; a result that is `compared` says how it differs from the person's last one.
    Whether the viewer may look at the assessment at all is for the caller to ask.
    """
    records = _records(connection, assessment_ids, notes=notes, entries=entries)
    return {
        key: _cut(context, connection, viewer, record, result_id, compared=compared)
        for key, record in sorted(records.items(), key=lambda each: each[0])
    }


def _records(
    connection: Connection, assessment_ids: Collection[int], *, notes: bool, entries: Collection[EntryKind]
) -> dict[int, _Record]:
    found = assessments.with_subjects(connection, assessment_ids)
    subjects = {each.id: each for each in names.told_apart(connection, [subject for _, subject in found.values()])}
    assigned = reviews.assigned_in(connection, found)
    made = results.of_assessments(connection, found)
    signatures = results.signatures_of(connection, [each.id for several in made.values() for each in several])
    appeals = results.appeals_in(connection, found)
    standing = [
        each.review.id
        for several in assigned.values()
        for each in several
        if each.review.state != ReviewState.WITHDRAWN
    ]
    evidence = reviews.evidence_in(connection, standing) if notes else {}
    given = reviews.entries_of(connection, standing, entries) if entries else None
    return {
        key: _Record(
            assessment,
            subject,
            subjects[subject.id].name,
            assigned.get(key, []),
            made.get(key, []),
            signatures,
            appeals.get(key, ()),
            evidence,
            given,
        )
        for key, (assessment, subject) in found.items()
    }


class Look(NamedTuple):
    """How somebody stands to one assessment, how far that is, and whether they read the assessors' names."""

    viewer: Viewer
    relation: Relation
    stage: Stage
    names: bool

    def sees(self, part: Content) -> bool:
        """Whether they see the part."""
        return sees(part, self.stage, self.viewer.roles, self.relation)

    def sees_given(self, part: Content, review: Review) -> bool:
        """Whether they see the part of this review."""
        is_author = review.assessor_id == self.viewer.person_id
        state = ReviewState(review.state)
        return sees_given(part, self.stage, self.viewer.roles, self.relation, state, is_author=is_author)

    def sees_result(self, stored: StoredResult) -> bool:
        """Whether they see the result."""
        return sees_result(self.viewer.roles, self.relation, published=stored.published_at is not None)


def look_of(
    context: Context, viewer: Viewer, assessment: Assessment, assigned: Iterable[Review], manager_id: int | None = None
) -> Look:
    """How the viewer stands to an assessment that has these reviews, and whose subject this person leads."""
    rating = [review.assessor_id for review in assigned if counts(review)]
    relation = viewer.relation(assessment.subject_id, rating, manager_id)
    names = sees_names(viewer.roles, relation, hide_assessors=context.rules.hide_assessors)
    return Look(viewer, relation, stage_of(AssessmentState(assessment.state)), names)


def _cut(
    context: Context,
    connection: Connection,
    viewer: Viewer,
    record: _Record,
    result_id: int | None,
    *,
    compared: bool,
) -> Overview:
    """The record as the viewer sees it."""
    assessment, appeals = record.assessment, record.appeals
    look = look_of(context, viewer, assessment, [each.review for each in record.assigned], record.subject.manager_id)
    decides = look.sees(Content.DECISION)
    standard = _standard(context, assessment)
    overview = Overview(
        assessment=assessment,
        subject=record.subject.model_copy(update={"name": _name(record, look)}),
        reviews=tuple(_reviews(standard, look, record)),
        result=None,
        results=(),
        own={},
        appeals=tuple(appeals) if decides else (),
        appealed_on=_day(context, appeals[-1].at) if decides and appeals else None,
        was_published=any(each.published_at is not None for each in record.results),
        allowed=frozenset(action for action, _ in STEPS.values() if viewer.may(action, look.relation)),
        is_own=look.relation is Relation.SUBJECT,
        decides=decides,
        made_by=standard,
        closed=_closed(context, record, result_id),
    )
    chosen = _chosen(record, result_id)
    seen = [stored for stored in record.results if look.sees_result(stored)]
    shown = {stored.id: _shown(context, overview, record, stored, look) for stored in seen}
    overview = replace(overview, results=tuple(shown.values()))
    if chosen is None or chosen.id not in shown:
        return overview
    result = shown[chosen.id]
    if compared:
        result = replace(result, earlier=_earlier(context, connection, chosen, result.result))
    return replace(
        overview,
        result=result,
        own=_own(context, connection, record, result, look),
    )


def _name(record: _Record, look: Look) -> str:
    """What the subject is called: told apart from others, except to themselves."""
    return record.subject.name if look.relation is Relation.SUBJECT else record.called


def _standard(context: Context, assessment: Assessment) -> Standard | None:
    try:
        return context.standard(assessment.standard, assessment.version, assessment.structure)
    except NotFound:
        return None


def _chosen(record: _Record, result_id: int | None) -> StoredResult | None:
    """The result asked for, or the newest."""
    if result_id is None:
        return record.results[-1] if record.results else None
    return next((each for each in record.results if each.id == result_id), None)


def _closed(context: Context, record: _Record, result_id: int | None) -> Hindrances:
    stored = _chosen(record, result_id)
    published = stored is not None and stored.published_at is not None
    until = stored.appeal_until if stored is not None else None
    return Hindrances(
        result_stands=stored is not None and published and not results.is_replaced(stored, record.results[-1]),
        appealed=stored is not None and any(each.closes(stored.id) for each in record.appeals),
        too_late=until is None or context.now() > until,
        appeal_days=context.rules.appeal_days,
    )


def _reviews(standard: Standard | None, look: Look, record: _Record) -> Iterator[ReviewOverview]:
    number = 0
    for review, name, position, has_left in record.assigned:
        number += counts(review)
        is_own = review.part == ReviewPart.SELF
        named = look.names or is_own
        yield ReviewOverview(
            id=review.id,
            part=ReviewPart(review.part),
            weight=review.weight,
            state=ReviewState(review.state),
            assessor_id=review.assessor_id if named else None,
            assessor=name if named else "",
            has_left=named and has_left,
            number=number if counts(review) else None,
            submitted_at=review.submitted_at,
            percent=_percent(standard, record.assessment, review, position),
            returned=review.returned if look.sees_given(Content.RETURN_REASON, review) else "",
            notes=_notes(record.evidence.get(review.id, ())) if look.sees_given(Content.NOTES, review) else None,
            entries=_entries(look, record, review),
        )


def _notes(kept: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Of what its assessor took back no more than that it was there."""
    return tuple(each.emptied() if each.was_taken_back else each for each in kept)


def _entries(look: Look, record: _Record, review: Review) -> tuple[Entry, ...] | None:
    """What was given in a review that is in."""
    if record.entries is None or review.state != ReviewState.SUBMITTED or not look.sees_given(Content.ANSWERS, review):
        return None
    return tuple(record.entries.get(review.id, ()))


def _percent(standard: Standard | None, assessment: Assessment, review: Review, position: Position) -> int | None:
    if standard is None or review.state != ReviewState.OPEN:
        return None
    return plan(standard, assessment.level).progress(position)


def _shown(context: Context, overview: Overview, record: _Record, stored: StoredResult, look: Look) -> ResultView:
    newest = record.results[-1]
    return ResultView(
        id=stored.id,
        subject=_name(record, look),
        made_by=overview.made_by,
        stored=stored,
        made_on=_day(context, stored.at),
        state=overview.state,
        signed=_signed(context, record, stored, look),
        own={element: Decimal(rating) for element, rating in json.loads(stored.own).items()},
        earlier=None,
        is_replaced=results.is_replaced(stored, newest),
        replaces=_replaced(context, record, stored),
        may_acknowledge=overview.may(NextStep.ACKNOWLEDGE),
        may_appeal=overview.may(NextStep.APPEAL),
        published_on=None if stored.published_at is None else _day(context, stored.published_at),
        appeal_until=_appeal_until(context, stored),
        hides_assessors=not look.names,
        opens_answers=_opens_answers(record, stored, look),
    )


def _replaced(context: Context, record: _Record, stored: StoredResult) -> EarlierResult | None:
    """The published result of the assessment before this one; what came between them was never published."""
    before = [each for each in record.results if each.id < stored.id and each.published_at is not None]
    return _compared(context, before[-1], _figures(stored.figures, named=False)) if before else None


def _compared(context: Context, before: StoredResult, figures: Result) -> EarlierResult:
    earlier = _figures(before.figures, named=False)
    return EarlierResult(_day(context, before.at), compare(earlier, figures), earlier.composite)


def _opens_answers(record: _Record, stored: StoredResult, look: Look) -> bool:
    """Whether the viewer reads how single criteria were marked: as the table says of the stage that the result itself
    came to, whatever has become of the assessment since; or where all of it is their own."""
    stage = look.stage if stored.published_at is None else Stage.PUBLISHED
    rating = {each.review.assessor_id for each in record.assigned if counts(each.review)}
    own = rating == {look.viewer.person_id}
    return own or sees(Content.ANSWERS, stage, look.viewer.roles, look.relation)


def _appeal_until(context: Context, stored: StoredResult) -> datetime | None:
    if stored.published_at is None or stored.appeal_until is None:
        return None
    until = context.rules.appeal_surely_until(stored.published_at, stored.appeal_until, context.now())
    return until.astimezone(context.timezone)


@lru_cache(maxsize=256)
def _figures(figures: str, *, named: bool) -> Result:
    """Frozen figures, with the assessors' names or without; a screen asks for them many times."""
    result = Result.model_validate_json(figures)
    if named:
        return result
    elements = []
    for element in result.elements:
        reviews = tuple(each.model_copy(update={"assessor": ""}) for each in element.reviews)
        elements.append(element.model_copy(update={"reviews": reviews}))
    return result.model_copy(update={"elements": tuple(elements)})


def _signed(context: Context, record: _Record, stored: StoredResult, look: Look) -> SignatureView | None:
    """Who signed; without the name where it is an assessor whom the viewer may not know."""
    if stored.id not in record.signatures:
        return None
    signature, name = record.signatures[stored.id]
    assessors = {each.review.assessor_id for each in record.assigned if counts(each.review)}
    is_named = look.names or signature.person_id not in assessors
    return SignatureView(name if is_named else "", _day(context, signature.at), signature.grade, signature.reason)


def _earlier(context: Context, connection: Connection, stored: StoredResult, figures: Result) -> EarlierResult | None:
    before = results.published_before(connection, stored)
    return None if before is None else _compared(context, before, figures)


def _own(
    context: Context, connection: Connection, record: _Record, shown: ResultView, look: Look
) -> Mapping[str, Decimal]:
    """The self-assessment as it is now, for those who decide; frozen from the result's publication on."""
    if shown.made_by is None or not look.sees(Content.DECISION):
        return {}
    if shown.stored.published_at is not None:
        return shown.own
    return own_ratings(context, connection, Held(record.assessment, [each[:2] for each in record.assigned]))


def _day(context: Context, moment: datetime) -> date:
    return moment.astimezone(context.timezone).date()
