"""The methods about the bot itself: who it is, its updates, commands, descriptions, files and chats."""

import re
from collections.abc import Iterator
from typing import Any

from bot.sandbox.errors import bad_request
from bot.sandbox.files import MOST_DOWNLOAD_BYTES
from bot.sandbox.messaging import Uploads
from bot.sandbox.schema import Json
from bot.sandbox.world import World

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


def get_me(world: World, _: Json, __: Uploads) -> Json:
    """The bot's User with what it can do."""
    abilities = ("can_join_groups", "can_read_all_group_messages", "supports_inline_queries", "has_main_web_app")
    return {**world.bot, **{ability: ability == "can_join_groups" for ability in abilities}}


def get_updates(world: World, params: Json, _: Uploads) -> list[Json]:
    """Confirm the updates before the offset and return those that wait; the HTTP side does the waiting."""
    world.updates.refuse_beside_webhook()
    world.updates.allow(params.get("allowed_updates"))
    return world.updates.take(params.get("offset", 0), params.get("limit", 100))


def set_webhook(world: World, params: Json, _: Uploads) -> bool:
    """Have updates posted to `url` (http on loopback is accepted here); an empty one ends it."""
    url = params["url"]
    if url and not url.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if "secret_token" in params and not _SECRET.fullmatch(params["secret_token"]):
        raise bad_request("secret token contains illegal characters")
    world.updates.allow(params.get("allowed_updates"))
    _drop_if_asked(world, params)
    world.updates.webhook = {"url": url, "secret_token": params.get("secret_token", "")} if url else {}
    world.touch()
    return True


def delete_webhook(world: World, params: Json, _: Uploads) -> bool:
    """End the webhook, so that getUpdates can be used again."""
    _drop_if_asked(world, params)
    world.updates.webhook = {}
    world.touch()
    return True


def _drop_if_asked(world: World, params: Json) -> None:
    if params.get("drop_pending_updates"):
        world.updates.drop()


def get_webhook_info(world: World, _: Json, __: Uploads) -> Json:
    """Where updates go and how many wait."""
    allowed = {"allowed_updates": world.updates.allowed} if world.updates.allowed else {}
    return {
        "url": world.updates.webhook.get("url", ""),
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates),
        **allowed,
    }


def _scope(params: Json) -> tuple[Any, ...]:
    scope = params.get("scope", {"type": "default"})
    return scope["type"], scope.get("chat_id"), scope.get("user_id"), params.get("language_code", "")


def set_my_commands(world: World, params: Json, _: Uploads) -> bool:
    """Set the command menu for one scope and language."""
    if len(params["commands"]) > 100:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in params["commands"]:
        if not _COMMAND.fullmatch(command["command"]):
            raise bad_request("BOT_COMMAND_INVALID")
        if not 1 <= len(command["description"]) <= 256:
            raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    if "chat_id" in params.get("scope", {}):
        world.chat(params["scope"]["chat_id"])
    world.commands[_scope(params)] = params["commands"]
    world.touch()
    return True


def get_my_commands(world: World, params: Json, _: Uploads) -> list[Json]:
    """The commands that were set for exactly this scope and language."""
    return world.commands.get(_scope(params), [])


def delete_my_commands(world: World, params: Json, _: Uploads) -> bool:
    """Delete the menu for one scope and language: the next wider scope applies again."""
    world.commands.pop(_scope(params), None)
    world.touch()
    return True


def _scopes_of(user_id: int, language: str) -> Iterator[tuple[Any, ...]]:
    for kind, chat_id in (("chat", user_id), ("all_private_chats", None), ("default", None)):
        yield kind, chat_id, None, language
        yield kind, chat_id, None, ""


def commands_for(world: World, user_id: int) -> list[Json]:
    """The menu this person sees in the private chat: the narrowest scope with commands, their language first."""
    language = (world.users[user_id].language_code or "").partition("-")[0]
    scopes = _scopes_of(user_id, language)
    return next((world.commands[scope] for scope in scopes if world.commands.get(scope)), [])


def set_my_description(world: World, params: Json, _: Uploads) -> bool:
    """Set what an empty chat shows before the first START, at most 512 characters."""
    return _describe(world, "description", params, 512)


def set_my_short_description(world: World, params: Json, _: Uploads) -> bool:
    """Set what the bot's profile shows, at most 120 characters."""
    return _describe(world, "short_description", params, 120)


def _describe(world: World, field: str, params: Json, most: int) -> bool:
    text = params.get(field, "")
    if len(text) > most:
        raise bad_request(f"BOT_{'ABOUT' if most == 120 else 'DESCRIPTION'}_TOO_LONG")
    world.descriptions[field, params.get("language_code", "")] = text
    world.touch()
    return True


def description_for(world: World, user_id: int) -> str:
    """The description this person sees, in their language when there is one."""
    language = (world.users[user_id].language_code or "").partition("-")[0]
    return world.descriptions.get(("description", language)) or world.descriptions.get(("description", ""), "")


def get_file(world: World, params: Json, _: Uploads) -> Json:
    """Where to download a file. Raises ApiError for an unknown one and for one above 20 MB."""
    stored = world.files.get(params["file_id"])
    if len(stored.content) > MOST_DOWNLOAD_BYTES:
        raise bad_request("file is too big")
    return {**stored.described, "file_path": stored.path}


def get_chat(world: World, params: Json, _: Uploads) -> Json:
    """What the bot can know about a chat. Raises ApiError for an unknown one."""
    gifts = dict.fromkeys(
        ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels"), False
    )
    described = world.chat(params["chat_id"]).described
    return {**described, "accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}
