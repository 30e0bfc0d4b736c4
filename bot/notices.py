"""What each kind of notice says when its time has come, from how things stand by then.

All of it waits for the end of quiet hours; news that waited comes together then. What holds no more when its time comes
is not sent.
"""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from telegram.error import TelegramError

from bot.buttons import To, command
from bot.render.admin.statistics import signs_message
from bot.render.bundle import bundled
from bot.render.menus import Owed, plain_message
from bot.render.message import Message, button
from bot.render.news import (
    answer_message,
    appeal_message,
    converted_message,
    expiry_message,
    fault_message,
    new_review,
    new_reviews,
    returned_message,
    standard_released_message,
    standard_to_sign_message,
    subject_left_message,
    to_sign_message,
    withdrawn_message,
)
from bot.render.reminder import digest, overdue_message
from bot.render.result import caption
from bot.runtime import Runtime
from qualify.services.notices import content, digests, faults, signs
from qualify.services.reviews import answering
from qualify.standard import Standard
from qualify.storage.people import Who
from qualify.storage.reviews import ReviewRow
from qualify.storage.tables import Notice, NoticeKind, StoredResult
from qualify.texts import say

log = logging.getLogger(__name__)

MOST_SECONDS_COUNTING = 90  # within the lease of a notice


class NotNow(Exception):
    """Raised when the person is not to be disturbed now: the notice is due again at `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


@dataclass(frozen=True, slots=True)
class Telling:
    """What a notice says, with a picture where it has one."""

    message: Message
    picture: bytes | None = None


async def make(runtime: Runtime, notice: Notice, who: Who) -> Telling | None:
    """What the notice says now; None where it holds no more. Raises NotNow, or whatever went wrong."""
    now = runtime.context.now()
    until = digests.fine_at(runtime.context, who, notice, now)
    if until > now:
        raise NotNow(until)
    return await SENDERS[NoticeKind(notice.kind)](runtime, notice, who)


async def send(runtime: Runtime, who: Who, telling: Telling) -> int | None:
    """Send it. Returns the message's id; None for a picture's. Raises TelegramError."""
    if telling.picture is None:
        return await runtime.api.once.send(who.telegram_id, telling.message)
    await runtime.api.once.send_photo(who.telegram_id, telling.picture, telling.message)
    return None


async def take_back(runtime: Runtime, who: Who, message_id: int) -> None:
    """Let a digest go whose place a newer one has taken: where it is too old to be deleted, a line remains."""
    if not await runtime.api.once.delete(who.telegram_id, message_id):
        try:
            await runtime.api.once.edit(who.telegram_id, message_id, plain_message("reminder-replaced", who.language))
        except TelegramError as error:
            log.info("an old digest stays as it is: %s", error)


def together(made: Sequence[tuple[Notice, Telling]], language: str) -> list[tuple[list[Notice], Telling]]:
    """What one person is told at once, in as few messages as it fits in, in its order; a picture keeps its own, after
    the words."""
    words = [(notice, telling) for notice, telling in made if telling.picture is None]
    parcels = []
    for first, last, message in bundled([telling.message for _, telling in words], language):
        parcels.append(([notice for notice, _ in words[first:last]], Telling(message)))
    return [*parcels, *(([notice], telling) for notice, telling in made if telling.picture is not None)]


async def _result(runtime: Runtime, notice: Notice, who: Who) -> Telling | None:
    if shown := await runtime.run(content.published, notice):
        png = await runtime.artist.draw(shown, who.language, who.theme)
        own = shown.stored.subject_id == who.person_id
        return Telling(caption(shown, who.language, own=own, new=True), png)
    return None


async def _team_result(runtime: Runtime, notice: Notice, who: Who) -> Telling | None:
    if shown := await runtime.run(content.team_result, notice, who):
        png = await runtime.artist.draw(shown, who.language, who.theme)
        message = caption(shown, who.language, own=False, new=True)
        to_team = [button(say(who.language, "team-open"), command(To.TEAM, 0, 0))]
        return Telling(replace(message, rows=[*message.rows, to_team]), png)
    return None


async def _review(runtime: Runtime, notice: Notice, who: Who) -> Telling | None:
    for row, standard in await _owed(runtime, notice):
        if row.id == notice.reference:
            return Telling(new_review(row, standard, who.language))
    return None


async def _reviews(runtime: Runtime, notice: Notice, who: Who) -> Telling | None:
    given = await runtime.run(content.given, notice)
    if owed := [(row, standard) for row, standard in await _owed(runtime, notice) if row.id in given]:
        return Telling(new_reviews(owed, who.language))
    return None


async def _returned(runtime: Runtime, notice: Notice, who: Who) -> Telling | None:
    if row := await runtime.run(content.returned, notice):
        today = digests.local_now(runtime.context, who).date()
        return Telling(returned_message(row, _standard(runtime, row), today, who.language))
    return None


async def _converted(runtime: Runtime, notice: Notice, who: Who) -> Telling | None:
    if found := await runtime.run(content.converted, notice):
        row, left = found
        return Telling(converted_message(row, _standard(runtime, row), left, who.language))
    return None


async def _withdrawn(runtime: Runtime, notice: Notice, who: Who) -> Telling | None:
    if row := await runtime.run(content.withdrawn, notice):
        return Telling(withdrawn_message(row, _standard(runtime, row), who.language))
    return None


async def _to_sign(runtime: Runtime, notice: Notice, who: Who) -> Telling | None:
    if view := await runtime.run(content.to_sign, notice):
        return Telling(to_sign_message(view, who.language))
    return None


async def _standard_to_sign(runtime: Runtime, notice: Notice, who: Who) -> Telling | None:
    if entry := await runtime.run(content.standard_to_sign, notice):
        return Telling(standard_to_sign_message(entry, who.language))
    return None


async def _standard_released(runtime: Runtime, notice: Notice, who: Who) -> Telling | None:
    if entry := await runtime.run(content.standard_released, notice):
        return Telling(standard_released_message(entry, who.language))
    return None


async def _subject_left(runtime: Runtime, notice: Notice, who: Who) -> Telling | None:
    if view := await runtime.run(content.subject_left, notice):
        return Telling(subject_left_message(view, who.language))
    return None


async def _appeal(runtime: Runtime, notice: Notice, who: Who) -> Telling | None:
    if appealed := await runtime.run(content.appealed, notice):
        return Telling(appeal_message(appealed, _standard(runtime, appealed.result), who.language))
    return None


async def _appeal_answer(runtime: Runtime, notice: Notice, who: Who) -> Telling | None:
    if appealed := await runtime.run(content.appeal_settled, notice):
        return Telling(answer_message(appealed, _standard(runtime, appealed.result), who.language))
    return None


async def _expires(runtime: Runtime, notice: Notice, who: Who) -> Telling | None:
    if found := await runtime.run(content.expiring, notice, who):
        return Telling(expiry_message(*found, who.language))
    return None


async def _reminder(runtime: Runtime, notice: Notice, who: Who) -> Telling | None:
    if await runtime.run(digests.is_outdated, who, notice):
        return None
    if owed := await _owed(runtime, notice):
        now = digests.local_now(runtime.context, who)
        return Telling(digest(owed, digests.named_today(runtime.context, who), now, who.language))
    return None


async def _overdue(runtime: Runtime, notice: Notice, who: Who) -> Telling | None:
    if await runtime.run(digests.is_outdated, who, notice):
        return None
    if debts := await runtime.run(digests.overdue, who):
        today = digests.local_now(runtime.context, who).date()
        return Telling(overdue_message(debts, today, who.language))
    return None


async def _fault(runtime: Runtime, notice: Notice, who: Who) -> Telling | None:
    if await runtime.run(digests.is_outdated, who, notice):
        return None
    if found := await runtime.run(faults.found, notice):
        return Telling(fault_message(found, who.language))
    return None


async def _signs(runtime: Runtime, notice: Notice, who: Who) -> Telling | None:
    if not await runtime.run(signs.may_hear, notice):
        return None
    here, today = runtime.context.elsewhere(), runtime.context.today()
    found = await runtime.jobs.workers.share(("signs", today), MOST_SECONDS_COUNTING, signs.find_elsewhere, here)
    return Telling(signs_message(found, who.language)) if found else None


async def _owed(runtime: Runtime, notice: Notice) -> Owed:
    rows = await runtime.run(answering.owed, notice.person_id)
    return [(row, _standard(runtime, row)) for row in rows]


def _standard(runtime: Runtime, made_by: ReviewRow | StoredResult) -> Standard:
    return runtime.context.standards.get(made_by.standard, made_by.version)


SENDERS: dict[NoticeKind, Callable[[Runtime, Notice, Who], Awaitable[Telling | None]]] = {
    NoticeKind.RESULT: _result,
    NoticeKind.TEAM_RESULT: _team_result,
    NoticeKind.REVIEW: _review,
    NoticeKind.REVIEWS: _reviews,
    NoticeKind.REMINDER: _reminder,
    NoticeKind.OVERDUE: _overdue,
    NoticeKind.RETURNED: _returned,
    NoticeKind.CONVERTED: _converted,
    NoticeKind.WITHDRAWN: _withdrawn,
    NoticeKind.TO_SIGN: _to_sign,
    NoticeKind.STANDARD: _standard_to_sign,
    NoticeKind.STANDARD_RELEASED: _standard_released,
    NoticeKind.SUBJECT_LEFT: _subject_left,
    NoticeKind.APPEAL: _appeal,
    NoticeKind.APPEAL_ANSWER: _appeal_answer,
    NoticeKind.EXPIRES_SOON: _expires,
    NoticeKind.EXPIRES_NOW: _expires,
    NoticeKind.FAULT: _fault,
    NoticeKind.SIGNS: _signs,
}
