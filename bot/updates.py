"""An update as Telegram gives it, read as handlers take it."""

import logging
from typing import Any

from telegram import Bot, Update

log = logging.getLogger(__name__)

Json = dict[str, Any]


def read_update(raw: Json, bot: Bot) -> Update | None:
    """The update; None for one that can't be read, which the log tells of. The pressed message's old keyboard is left
    out: nothing reads it, and parsing its buttons costs as much as all the rest."""
    try:
        message = raw.get("callback_query", {}).get("message", {})
        message.pop("reply_markup", None)
        return Update.de_json(raw, bot)
    except Exception as error:
        log.warning("update %s can't be read: %s", raw["update_id"], type(error).__name__)
        return None
