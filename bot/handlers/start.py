"""What anybody may ask for: joining, what is owed, help, what is kept about people."""

import logging

from telegram import Update
from telegram.error import TelegramError

from bot.handlers import commands, review
from bot.render.menus import Owed, greeting, help_message, owed_message, plain_message
from bot.runtime import Runtime
from qualify.services.people import joining
from qualify.storage.people import Who

log = logging.getLogger(__name__)


async def start(runtime: Runtime, who: Who, update: Update) -> None:
    """/start: accept an invitation if there is one, then say what is owed. Raises InvalidInput for an invitation that
    isn't valid."""
    token = _argument(update)
    joined = None
    if token and not who.is_known:
        joined = await runtime.run(joining.accept, who.telegram_id, token)
        who = joined.who
    if not who.is_known:
        await stranger(runtime, who)
        return
    owed = await _owed(runtime, who)
    await runtime.api.send(who.telegram_id, greeting(who, owed, who.language, joined=joined is not None))
    if who.review_id is not None:
        await review.show_in_hand(runtime, who, who.review_id)
    await commands.fit(runtime, who)
    if joined is not None and joined.left is not None:
        await _take_leave(runtime, joined.left)


async def _take_leave(runtime: Runtime, left: Who) -> None:
    """Tell the account that somebody has left that it is nobody's now. It may have blocked the bot, or be lost."""
    try:
        await runtime.api.send(left.telegram_id, plain_message("chat-moved", left.language, name=left.name))
    except TelegramError as error:
        log.info("the account that was left isn't told: %s", error)
    await commands.fit(runtime, left._replace(active=False))


async def stranger(runtime: Runtime, who: Who) -> None:
    """Tell somebody who hasn't joined how to get in; they see nothing else."""
    await runtime.api.send(who.telegram_id, plain_message("chat-stranger", who.language))


def _argument(update: Update) -> str:
    words = (update.message.text or "").split(maxsplit=1) if update.message else []
    return words[1].strip() if len(words) > 1 else ""


async def _owed(runtime: Runtime, who: Who) -> Owed:
    assert who.person_id is not None
    return await review.still_owed(runtime, who.person_id)


async def owed(runtime: Runtime, who: Who, update: Update) -> None:  # noqa: ARG001
    """/reviews: list the reviews that wait for this assessor."""
    await runtime.api.send(who.telegram_id, owed_message(await _owed(runtime, who), who.language))


async def help_(runtime: Runtime, who: Who, update: Update) -> None:  # noqa: ARG001
    """/help: say what the bot does for this person."""
    await runtime.api.send(who.telegram_id, help_message(who, await commands.menu_of(runtime, who)))


async def privacy(runtime: Runtime, who: Who, update: Update) -> None:  # noqa: ARG001
    """/privacy: say what is kept, who sees it, and whom to ask. Also for somebody who hasn't joined yet."""
    await runtime.api.send(who.telegram_id, plain_message("chat-privacy", who.language))
