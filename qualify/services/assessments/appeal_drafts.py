"""An appeal before it is handed in: written in several messages, with files as proof, seen whole, then sent or given
up. It is kept, so that nothing of it depends on a process or on the chat."""

from typing import NamedTuple

from qualify.access import Permission
from qualify.errors import InvalidInput, NotFound
from qualify.services.assessments import overview
from qualify.services.assessments.appeals import hand_in, may_appeal
from qualify.services.assessments.lifecycle import MAX_TEXT, checked_text, permitted
from qualify.services.authorization import Actor, UnitOfWork, acting
from qualify.services.context import Context, once_more, reads, repeatable, shown_again_by
from qualify.services.reviews.answering import Attachment
from qualify.storage import appeal_proofs, results
from qualify.storage.tables import AppealProof

MOST_PROOFS = 10


class AppealDraft(NamedTuple):
    """What somebody has written against a result so far, and the files beside it."""

    result_id: int
    words: str
    proofs: list[AppealProof]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was written or sent yet."""
        return not self.words and not self.proofs


@reads
def shown(context: Context, actor: Actor, result_id: int, *_: object) -> AppealDraft:
    """The draft as it stands. Raises NotFound or Forbidden for anybody but the employee."""
    with context.database.reading() as connection:
        return _draft(UnitOfWork(context, connection, actor), result_id)


@shown_again_by(shown)
@once_more
def add(context: Context, actor: Actor, result_id: int, attachment: Attachment) -> AppealDraft:
    """Add words or a file to the draft. Raises what `appeals.check_appeal` does, or InvalidInput: too many words or
    files, and then the draft is as before."""
    with acting(context, actor) as work:
        may_appeal(work, result_id)
        before = _draft(work, result_id)
        kind, text, file_id, name = attachment.kind, attachment.text, attachment.file_id, attachment.file_name
        if file_id and len(before.proofs) >= MOST_PROOFS:
            raise InvalidInput("error-appeal-proofs", maximum=str(MOST_PROOFS))
        words = checked_text(text, "error-appeal-text") if text or not file_id else ""
        if len(_joined([before.words, words])) > MAX_TEXT:
            raise InvalidInput("error-appeal-text", maximum=str(MAX_TEXT))
        kept = AppealProof(result_id=result_id, kind=kind, text=words, file_id=file_id, file_name=name)
        appeal_proofs.add(work.connection, kept)
        return _draft(work, result_id)


@repeatable
def drop(context: Context, actor: Actor, result_id: int) -> None:
    """Give the draft up; an appeal that was handed in stays. Raises NotFound or Forbidden."""
    with acting(context, actor) as work:
        assessment_id = _assessment_of(work, result_id, lock=True)
        made = results.appeal_of(work.connection, assessment_id)
        if made is None or made.result_id != result_id:
            appeal_proofs.drop(work.connection, result_id)


@once_more
def send(context: Context, actor: Actor, result_id: int) -> int:
    """Hand the draft in; returns the appeal's id. Raises what `appeals.appeal` does."""
    with acting(context, actor) as work:
        assessment = may_appeal(work, result_id)
        draft = _draft(work, result_id)
        words = checked_text(draft.words, "error-appeal-text")
        appeal_proofs.drop(work.connection, result_id, words_only=True)
        return hand_in(work, assessment, result_id, words, proofs=len(draft.proofs))


def _draft(work: UnitOfWork, result_id: int) -> AppealDraft:
    _assessment_of(work, result_id)
    kept = appeal_proofs.of(work.connection, [result_id])
    return AppealDraft(result_id, _joined([each.text for each in kept]), [each for each in kept if each.file_id])


def _joined(texts: list[str]) -> str:
    return "\n".join(filter(None, texts))


def _assessment_of(work: UnitOfWork, result_id: int, *, lock: bool = False) -> int:
    """The result's assessment, for its subject only."""
    stored = results.get(work.connection, result_id)
    if stored is None or stored.published_at is None:
        raise NotFound("error-result-unknown")
    return permitted(work, Permission.APPEAL, stored.assessment_id, lock=lock).assessment.id


@reads
def proofs(context: Context, actor: Actor, assessment_id: int) -> list[AppealProof]:
    """The files handed in with the assessment's appeal, for whoever may read the appeal. Raises NotFound or
    Forbidden."""
    made = overview.view(context, actor, assessment_id).appeal
    if made is None:
        raise NotFound("error-appeal-unknown")
    with context.database.reading() as connection:
        return appeal_proofs.of(connection, [made.result_id])
