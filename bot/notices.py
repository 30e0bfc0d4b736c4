"""What each kind of notice says when its time has come, from how things stand by then.

News goes out at once, in quiet hours without a sound; what the day brings waits until those are over. What holds no
more when its time comes is not sent.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.render.menus import Owed
from bot.render.message import Message
from bot.render.news import (
    answer_message,
    appeal_message,
    expiry_message,
    fault_message,
    new_review,
    new_reviews,
    returned_message,
    subject_left_message,
    to_sign_message,
    withdrawn_message,
)
from bot.render.reminder import digest, overdue_message
from bot.render.result import caption
from bot.runtime import Runtime
from qualify.services.notices import content, digests, faults
from qualify.services.reviews import answering
from qualify.standard import Standard
from qualify.storage.people import Who
from qualify.storage.reviews import ReviewRow
from qualify.storage.tables import Notice, NoticeKind, StoredResult


class NotNow(Exception):
    """Raised when the person is not to be disturbed now: the notice is due again after `delay`."""

    def __init__(self, delay: timedelta) -> None:
        super().__init__(delay)
        self.delay = delay


async def send(runtime: Runtime, notice: Notice, who: Who) -> None:
    """Send the notice, or nothing where it holds no more. Raises NotNow, TelegramError, or whatever went wrong while it
    was made."""
    kind = NoticeKind(notice.kind)
    if not kind.is_news:
        _unless_quiet(runtime, notice, who)
    await SENDERS[kind](runtime, notice, who)


async def _result(runtime: Runtime, notice: Notice, who: Who) -> None:
    if shown := await runtime.run(content.published, notice):
        png = await runtime.artist.draw(shown, who.language, who.theme)
        own = shown.stored.subject_id == who.person_id
        await _tell(runtime, who, caption(shown, who.language, own=own, new=True), png)


async def _review(runtime: Runtime, notice: Notice, who: Who) -> None:
    for row, standard in await _owed(runtime, notice):
        if row.id == notice.reference:
            await _tell(runtime, who, new_review(row, standard, who.language))


async def _reviews(runtime: Runtime, notice: Notice, who: Who) -> None:
    given = await runtime.run(content.given, notice)
    if owed := [(row, standard) for row, standard in await _owed(runtime, notice) if row.id in given]:
        await _tell(runtime, who, new_reviews(owed, who.language))


async def _returned(runtime: Runtime, notice: Notice, who: Who) -> None:
    if row := await runtime.run(content.returned, notice):
        today = digests.local_now(runtime.context, who).date()
        await _tell(runtime, who, returned_message(row, _standard(runtime, row), today, who.language))


async def _withdrawn(runtime: Runtime, notice: Notice, who: Who) -> None:
    if row := await runtime.run(content.withdrawn, notice):
        await _tell(runtime, who, withdrawn_message(row, _standard(runtime, row), who.language))


async def _to_sign(runtime: Runtime, notice: Notice, who: Who) -> None:
    if view := await runtime.run(content.to_sign, notice):
        await _tell(runtime, who, to_sign_message(view, who.language))


async def _subject_left(runtime: Runtime, notice: Notice, who: Who) -> None:
    if view := await runtime.run(content.subject_left, notice):
        await _tell(runtime, who, subject_left_message(view, who.language))


async def _appeal(runtime: Runtime, notice: Notice, who: Who) -> None:
    if appealed := await runtime.run(content.appealed, notice):
        await _tell(runtime, who, appeal_message(appealed, _standard(runtime, appealed.result), who.language))


async def _appeal_answer(runtime: Runtime, notice: Notice, who: Who) -> None:
    if appealed := await runtime.run(content.appeal_settled, notice):
        await _tell(runtime, who, answer_message(appealed, _standard(runtime, appealed.result), who.language))


async def _expires(runtime: Runtime, notice: Notice, who: Who) -> None:
    if found := await runtime.run(content.expiring, notice, who):
        await _tell(runtime, who, expiry_message(*found, who.language))


async def _reminder(runtime: Runtime, notice: Notice, who: Who) -> None:
    if await runtime.run(digests.is_outdated, who, notice):
        return
    if owed := await _owed(runtime, notice):
        await _tell(runtime, who, digest(owed, digests.local_now(runtime.context, who), who.language))


async def _overdue(runtime: Runtime, notice: Notice, who: Who) -> None:
    if await runtime.run(digests.is_outdated, who, notice):
        return
    if debts := await runtime.run(digests.overdue, who):
        today = digests.local_now(runtime.context, who).date()
        await _tell(runtime, who, overdue_message(debts, today, who.language))


async def _fault(runtime: Runtime, notice: Notice, who: Who) -> None:
    if await runtime.run(digests.is_outdated, who, notice):
        return
    if found := await runtime.run(faults.found, notice):
        await _tell(runtime, who, fault_message(found, who.language))


async def _tell(runtime: Runtime, who: Who, message: Message, picture: bytes | None = None) -> None:
    """Send the message, with a picture if one is given; without a sound in the person's quiet hours."""
    silent = digests.is_quiet(runtime.context, who)
    if picture is None:
        await runtime.api.once.send(who.telegram_id, message, silent=silent)
    else:
        await runtime.api.once.send_photo(who.telegram_id, picture, message, silent=silent)


def _unless_quiet(runtime: Runtime, notice: Notice, who: Who) -> None:
    delay = digests.waiting(runtime.context, who, notice)
    if delay > timedelta():
        raise NotNow(delay)


async def _owed(runtime: Runtime, notice: Notice) -> Owed:
    rows = await runtime.run(answering.owed, notice.person_id)
    return [(row, _standard(runtime, row)) for row in rows]


def _standard(runtime: Runtime, made_by: ReviewRow | StoredResult) -> Standard:
    return runtime.context.standards.get(made_by.standard, made_by.version)


SENDERS: dict[NoticeKind, Callable[[Runtime, Notice, Who], Awaitable[None]]] = {
    NoticeKind.RESULT: _result,
    NoticeKind.REVIEW: _review,
    NoticeKind.REVIEWS: _reviews,
    NoticeKind.REMINDER: _reminder,
    NoticeKind.OVERDUE: _overdue,
    NoticeKind.RETURNED: _returned,
    NoticeKind.WITHDRAWN: _withdrawn,
    NoticeKind.TO_SIGN: _to_sign,
    NoticeKind.SUBJECT_LEFT: _subject_left,
    NoticeKind.APPEAL: _appeal,
    NoticeKind.APPEAL_ANSWER: _appeal_answer,
    NoticeKind.EXPIRES_SOON: _expires,
    NoticeKind.EXPIRES_NOW: _expires,
    NoticeKind.FAULT: _fault,
}
