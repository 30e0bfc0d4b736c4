"""A draft tried as an assessor would use it, on a made-up person, up to the result. Nothing of it is a review: what was
answered so far lies with the account like a form half filled in, until the trial ends or another begins.
"""

from collections.abc import Callable
from dataclasses import replace

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Connection

from qualify.access import Permission
from qualify.dialogue import (
    Action,
    Entry,
    EntryKind,
    Outcome,
    Position,
    Situation,
    answers_of,
    may_submit,
    meant,
    plan,
    step,
    view,
)
from qualify.errors import Forbidden, InvalidInput, QualifyError, Stale
from qualify.services.assessments.opening_draft import mark_of
from qualify.services.authorization import Actor, authorize
from qualify.services.context import Context, done_before, fingerprint, reads, repeatable, shown_again_by
from qualify.services.library import parsed
from qualify.services.reviews.screen import Reference, Turn, is_current
from qualify.services.standards.drafts import entry
from qualify.standard import Standard
from qualify.storage import drafts, people
from qualify.storage import standards as storage
from qualify.storage.people import Who
from qualify.storage.reviews import ReviewRow
from qualify.storage.tables import DraftKind
from qualify.workflow import Part, ReviewState

TRIAL = 0
"""The number that buttons of a trial carry where a review has its own."""
QUESTION = "trial"
"""What the account is asked while a trial goes on: typed text goes to it."""


class Trial(BaseModel):
    """What was tried and answered so far; `mark` is that of the draft's content."""

    model_config = ConfigDict(frozen=True)

    standard: str
    version: int
    mark: int
    level: str
    frontier: int = 0
    cursor: int | None = None
    ahead: tuple[int, ...] = ()
    entries: tuple[tuple[str, str, str, str], ...] = ()

    @property
    def position(self) -> Position:
        """Where the trial stands."""
        return Position(self.frontier, self.cursor, len(self.entries), self.ahead)

    def after(self, outcome: Outcome) -> "Trial":
        """The trial with what a step led to."""
        given = tuple((str(each.given), each.element, each.key, each.value) for each in outcome.entries)
        where = outcome.position
        moved = {"frontier": where.frontier, "cursor": where.cursor, "ahead": where.ahead}
        return self.model_copy(update={**moved, "entries": (*self.entries, *given)})


@reads
def shown(context: Context, telegram_id: int, *_: object) -> Turn:
    """Where the trial stands. Raises Forbidden, or Stale where there is none or the draft was changed."""
    with context.database.reading() as connection:
        return _turn(context, connection, *_found(connection, telegram_id))


def _begun(context: Context, actor: Actor, telegram_id: int, *_: object) -> Turn:  # noqa: ARG001
    return shown(context, telegram_id)


@shown_again_by(_begun)
def begin(context: Context, actor: Actor, telegram_id: int, number: int, level: int) -> Turn:
    """Begin to try the version that a button names by its mark, at the level at this place. A review in hand is paused.
    Raises Forbidden, Stale where there is none."""
    version = entry(context, actor, number)
    if level >= len(version.standard.levels):
        raise Stale("error-stale")
    standard = version.standard
    trial = Trial(standard=standard.id, version=standard.version, mark=version.mark, level=standard.levels[level].id)
    with context.database.transaction() as connection:
        _save(connection, telegram_id, trial)
        people.change_account(connection, telegram_id, asked=QUESTION, review_id=None)
        return _turn(context, connection, _tester(connection, telegram_id), trial)


@repeatable
def press(context: Context, telegram_id: int, reference: Reference, action: Action) -> Turn:
    """Take the press of a button; a stale one changes nothing. Raises Forbidden, Stale where the trial has ended."""
    return _go(context, telegram_id, lambda _: action, reference)


@shown_again_by(shown)
def write(context: Context, telegram_id: int, text: str) -> Turn:
    """Take typed text as the answer; a trial keeps no notes. Raises Forbidden, Stale where the trial has ended."""

    def answer(here: Situation) -> Action:
        action = meant(here, text)
        if action is None:
            raise InvalidInput("error-trial-note")
        return action

    return _go(context, telegram_id, answer)


def _go(
    context: Context, telegram_id: int, act: Callable[[Situation], Action], reference: Reference | None = None
) -> Turn:
    with context.database.transaction() as connection:
        who, trial = _found(connection, telegram_id)
        turn = _turn(context, connection, who, trial)
        if reference is not None and not is_current(turn.row, reference):
            return replace(turn, refusal=Stale("error-stale"))
        try:
            here = _situation(context, turn.plan.standard, trial)
            trial = trial.after(step(here, act(here)))
        except QualifyError as refusal:
            return replace(turn, refusal=refusal)
        _save(connection, telegram_id, trial)
        people.change_account(connection, telegram_id, asked=QUESTION, review_id=None)
        return _turn(context, connection, who, trial)


@shown_again_by(done_before)
def finish(context: Context, telegram_id: int, reference: Reference) -> Turn:
    """End a trial that is complete: the turn's screen has the result as its outlook. Raises Forbidden, or Stale where
    something is still open or the trial has ended."""
    with context.database.transaction() as connection:
        who, trial = _found(connection, telegram_id)
        turn = _turn(context, connection, who, trial)
        if not is_current(turn.row, reference):
            raise Stale("error-stale")
        if not may_submit(_situation(context, turn.plan.standard, trial)):
            raise Stale("error-incomplete")
        _remove(connection, telegram_id)
        return turn


@repeatable
def end(context: Context, telegram_id: int) -> None:
    """End the trial, wherever it stands; nothing of it is left."""
    with context.database.transaction() as connection:
        if _kept(connection, telegram_id) is not None:
            _remove(connection, telegram_id)


def _remove(connection: Connection, telegram_id: int) -> None:
    drafts.take(connection, telegram_id, DraftKind.TRIAL)
    people.settle(connection, telegram_id, QUESTION)


def _save(connection: Connection, telegram_id: int, trial: Trial) -> None:
    drafts.save(connection, telegram_id, DraftKind.TRIAL, trial.model_dump_json())


def _kept(connection: Connection, telegram_id: int) -> Trial | None:
    content = drafts.get(connection, telegram_id, DraftKind.TRIAL, lock=True)
    return None if content is None else Trial.model_validate_json(content)


def _found(connection: Connection, telegram_id: int) -> tuple[Who, Trial]:
    """Who tries, and what. Raises Forbidden, Stale where no trial goes on."""
    who, trial = _tester(connection, telegram_id), _kept(connection, telegram_id)
    if trial is None:
        raise Stale("error-trial-over")
    return who, trial


def _tester(connection: Connection, telegram_id: int) -> Who:
    """Whose account it is. Raises Forbidden for anybody who may not try drafts."""
    who = people.who(connection, telegram_id)
    if who is None or who.person_id is None:
        raise Forbidden("error-forbidden")
    authorize(connection, Actor(who.person_id), Permission.KEEP_STANDARDS)
    return who


def _tried(context: Context, connection: Connection, trial: Trial) -> Standard:
    """The standard as it was when the trial began. Raises Stale where it was changed since."""
    row = storage.find(connection, trial.standard, trial.version)
    if row is not None and mark_of(row.content) == trial.mark:
        return parsed(row.content)
    if row is None and not trial.mark:
        return context.standards.get(trial.standard, trial.version)
    raise Stale("error-draft-changed")


def _situation(context: Context, standard: Standard, trial: Trial) -> Situation:
    entries = [Entry(EntryKind(given), *rest) for given, *rest in trial.entries]
    today = context.today()
    return Situation(plan(standard, trial.level), trial.position, answers_of(entries), today, today)


def _turn(context: Context, connection: Connection, who: Who, trial: Trial) -> Turn:
    """What the chat shows, as of a review that there isn't. Raises Stale where the draft was changed since."""
    assert who.person_id is not None
    standard = _tried(context, connection, trial)
    here = _situation(context, standard, trial)
    row = ReviewRow(
        id=TRIAL,
        state=ReviewState.OPEN,
        part=Part.LEAD,
        returned="",
        submitted_at=None,
        message_id=None,
        assessment_id=0,
        standard=trial.standard,
        version=trial.version,
        structure=fingerprint(standard),
        level=trial.level,
        due_date=context.today(),
        application_date=context.today(),
        subject_id=0,
        subject="",
        assessor_id=who.person_id,
        may_rate=True,
        has_evidence=False,
        was_converted=False,
        language=who.language,
        in_hand_id=TRIAL,
        revision=None,
        frontier=None,
        cursor=None,
        ahead=None,
        element=None,
    )
    return Turn(row.moved(trial.position, here.step.element, here.answers), here.plan, view(here))
