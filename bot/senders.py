"""What each kind of notice says when its time has come, from how things stand by then.

News that people cause goes out at once, in quiet hours without a sound; reminders wait until those are over.
"""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.desk import Desk
from bot.render.menus import Owed, new_review
from bot.render.message import Message
from bot.render.reminder import digest, overdue_message
from bot.render.result import caption
from qualify.services import reminders, results, reviews
from qualify.storage.people import Who
from qualify.storage.tables import Notice, NoticeKind


class NotNow(Exception):
    """The person is not to be disturbed; the notice is due again after `delay`."""

    def __init__(self, delay: timedelta) -> None:
        super().__init__(delay)
        self.delay = delay


async def _result(desk: Desk, notice: Notice, who: Who) -> None:
    shown = await desk.run(results.seen_by, notice.person_id, notice.reference)
    png = await desk.artist.draw(shown, who.language, who.theme)
    own = shown.stored.subject_id == who.person_id
    await _tell(desk, who, caption(shown, who.language, own=own, new=True), png)


async def _review(desk: Desk, notice: Notice, who: Who) -> None:
    for row, standard in await _owed(desk, notice):
        if row.id == notice.reference:
            await _tell(desk, who, new_review(row, standard, who.language))


async def _reminder(desk: Desk, notice: Notice, who: Who) -> None:
    await _unless_quiet(desk, notice, who)
    if await desk.run(reminders.is_outdated, notice):
        return
    if owed := await _owed(desk, notice):
        now = desk.context.now().astimezone(desk.context.timezone)
        await _tell(desk, who, digest(owed, now, who.language))


async def _overdue(desk: Desk, notice: Notice, who: Who) -> None:
    await _unless_quiet(desk, notice, who)
    if await desk.run(reminders.is_outdated, notice):
        return
    if debts := await desk.run(reminders.overdue):
        await _tell(desk, who, overdue_message(debts, desk.context.today(), who.language))


async def _tell(desk: Desk, who: Who, message: Message, picture: bytes | None = None) -> None:
    """Send it, under the picture if there is one; without a sound in the person's quiet hours."""
    silent = reminders.is_quiet(desk.context, who)
    if picture is None:
        await desk.api.send(who.telegram_id, message, silent=silent)
    else:
        await desk.api.send_photo(who.telegram_id, picture, message, silent=silent)


async def _unless_quiet(desk: Desk, notice: Notice, who: Who) -> None:
    delay = await desk.run(reminders.waiting, who, notice.reference)
    if delay > timedelta():
        raise NotNow(delay)


async def _owed(desk: Desk, notice: Notice) -> Owed:
    rows = await desk.run(reviews.owed, notice.person_id)
    return [(row, desk.context.standards.get(row.standard, row.version)) for row in rows]


SENDERS: dict[NoticeKind, Callable[[Desk, Notice, Who], Awaitable[None]]] = {
    NoticeKind.RESULT: _result,
    NoticeKind.REVIEW: _review,
    NoticeKind.REMINDER: _reminder,
    NoticeKind.OVERDUE: _overdue,
}
