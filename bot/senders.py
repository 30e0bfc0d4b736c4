"""What each kind of notice says when its time has come, from how things stand by then."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.desk import Desk
from bot.handlers.result import send_result
from bot.render.menus import Owed, new_review
from bot.render.reminder import digest, overdue_message
from qualify.services import reminders, results, reviews
from qualify.storage.people import Who
from qualify.storage.tables import Notice, NoticeKind


class NotNow(Exception):
    """The person is not to be disturbed; the notice is due again after `delay`."""

    def __init__(self, delay: timedelta) -> None:
        super().__init__(delay)
        self.delay = delay


async def _result(desk: Desk, notice: Notice, who: Who) -> None:
    await send_result(desk, who, await desk.run(results.show, notice.reference))


async def _review(desk: Desk, notice: Notice, who: Who) -> None:
    for row, standard in await _owed(desk, notice):
        if row.id == notice.reference:
            await desk.api.send(who.telegram_id, new_review(row, standard, who.language))


async def _reminder(desk: Desk, notice: Notice, who: Who) -> None:
    await _unless_quiet(desk, who)
    if owed := await _owed(desk, notice):
        await desk.api.send(who.telegram_id, digest(owed, desk.context.today(), who.language))


async def _overdue(desk: Desk, notice: Notice, who: Who) -> None:  # noqa: ARG001
    await _unless_quiet(desk, who)
    if debts := await desk.run(reminders.overdue):
        await desk.api.send(who.telegram_id, overdue_message(debts, desk.context.today(), who.language))


async def _unless_quiet(desk: Desk, who: Who) -> None:
    delay = await desk.run(reminders.waiting, who)
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
