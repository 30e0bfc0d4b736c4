"""What each kind of notice says when its time has come, from how things stand by then.

News that people cause goes out at once, in quiet hours without a sound; what the calendar causes waits until those are
over. What holds no more when its time comes is not sent.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.render.menus import Owed
from bot.render.message import Message
from bot.render.news import (
    answer_message,
    appeal_message,
    expiry_message,
    new_review,
    new_reviews,
    returned_message,
    to_sign_message,
    withdrawn_message,
)
from bot.render.reminder import digest, overdue_message
from bot.render.result import caption
from bot.runtime import Desk
from qualify.services.notices import content, digests
from qualify.services.reviews import answering
from qualify.standard import Standard
from qualify.storage.people import Who
from qualify.storage.reviews import ReviewRow
from qualify.storage.tables import Notice, NoticeKind, StoredResult


class NotNow(Exception):
    """The person is not to be disturbed; the notice is due again after `delay`."""

    def __init__(self, delay: timedelta) -> None:
        super().__init__(delay)
        self.delay = delay


async def _result(desk: Desk, notice: Notice, who: Who) -> None:
    if shown := await desk.run(content.published, notice):
        png = await desk.artist.draw(shown, who.language, who.theme)
        own = shown.stored.subject_id == who.person_id
        await _tell(desk, who, caption(shown, who.language, own=own, new=True), png)


async def _review(desk: Desk, notice: Notice, who: Who) -> None:
    for row, standard in await _owed(desk, notice):
        if row.id == notice.reference:
            await _tell(desk, who, new_review(row, standard, who.language))


async def _reviews(desk: Desk, notice: Notice, who: Who) -> None:
    given = await desk.run(content.given, notice)
    if owed := [(row, standard) for row, standard in await _owed(desk, notice) if row.id in given]:
        await _tell(desk, who, new_reviews(owed, who.language))


async def _returned(desk: Desk, notice: Notice, who: Who) -> None:
    if row := await desk.run(content.returned, notice):
        today = digests.local_now(desk.context, who).date()
        await _tell(desk, who, returned_message(row, _standard(desk, row), today, who.language))


async def _withdrawn(desk: Desk, notice: Notice, who: Who) -> None:
    if row := await desk.run(content.withdrawn, notice):
        await _tell(desk, who, withdrawn_message(row, _standard(desk, row), who.language))


async def _to_sign(desk: Desk, notice: Notice, who: Who) -> None:
    if view := await desk.run(content.to_sign, notice):
        await _tell(desk, who, to_sign_message(view, who.language))


async def _appeal(desk: Desk, notice: Notice, who: Who) -> None:
    if appealed := await desk.run(content.appealed, notice):
        await _tell(desk, who, appeal_message(appealed, _standard(desk, appealed.result), who.language))


async def _appeal_answer(desk: Desk, notice: Notice, who: Who) -> None:
    if appealed := await desk.run(content.appeal_settled, notice):
        await _tell(desk, who, answer_message(appealed, _standard(desk, appealed.result), who.language))


async def _expires(desk: Desk, notice: Notice, who: Who) -> None:
    _unless_quiet(desk, notice, who)
    if found := await desk.run(content.expiring, notice, who):
        await _tell(desk, who, expiry_message(*found, who.language))


async def _reminder(desk: Desk, notice: Notice, who: Who) -> None:
    _unless_quiet(desk, notice, who)
    if await desk.run(digests.is_outdated, who, notice):
        return
    if owed := await _owed(desk, notice):
        await _tell(desk, who, digest(owed, digests.local_now(desk.context, who), who.language))


async def _overdue(desk: Desk, notice: Notice, who: Who) -> None:
    _unless_quiet(desk, notice, who)
    if await desk.run(digests.is_outdated, who, notice):
        return
    if debts := await desk.run(digests.overdue, who):
        today = digests.local_now(desk.context, who).date()
        await _tell(desk, who, overdue_message(debts, today, who.language))


async def _tell(desk: Desk, who: Who, message: Message, picture: bytes | None = None) -> None:
    """Send it, under the picture if there is one; without a sound in the person's quiet hours."""
    silent = digests.is_quiet(desk.context, who)
    if picture is None:
        await desk.api.send(who.telegram_id, message, silent=silent)
    else:
        await desk.api.send_photo(who.telegram_id, picture, message, silent=silent)


def _unless_quiet(desk: Desk, notice: Notice, who: Who) -> None:
    delay = digests.waiting(desk.context, who, notice)
    if delay > timedelta():
        raise NotNow(delay)


async def _owed(desk: Desk, notice: Notice) -> Owed:
    rows = await desk.run(answering.owed, notice.person_id)
    return [(row, _standard(desk, row)) for row in rows]


def _standard(desk: Desk, made_by: ReviewRow | StoredResult) -> Standard:
    return desk.context.standards.get(made_by.standard, made_by.version)


SENDERS: dict[NoticeKind, Callable[[Desk, Notice, Who], Awaitable[None]]] = {
    NoticeKind.RESULT: _result,
    NoticeKind.REVIEW: _review,
    NoticeKind.REVIEWS: _reviews,
    NoticeKind.REMINDER: _reminder,
    NoticeKind.OVERDUE: _overdue,
    NoticeKind.RETURNED: _returned,
    NoticeKind.WITHDRAWN: _withdrawn,
    NoticeKind.TO_SIGN: _to_sign,
    NoticeKind.APPEAL: _appeal,
    NoticeKind.APPEAL_ANSWER: _appeal_answer,
    NoticeKind.EXPIRES_SOON: _expires,
    NoticeKind.EXPIRES_NOW: _expires,
}
