"""Standards as administrators work on them: the list, a version's card, its workbook, what differs, the release."""

from telegram import CallbackQuery

from bot.buttons import Command
from bot.handlers.admin.arguments import number, page_of
from bot.handlers.screens import XLSX, go_on, hand_over, turn_into
from bot.render.admin.standards import all_problems, card_message, confirm_message, list_message, released_message
from bot.runtime import Runtime
from qualify.errors import InvalidStandard, Stale
from qualify.exports.templates import standard_workbook
from qualify.reporting import standard_changes
from qualify.services.authorization import actor_of
from qualify.services.standards import drafts, release
from qualify.services.standards.drafts import StandardEntry
from qualify.storage.people import Who
from qualify.texts import say

PLAIN = "text/plain"
MOST_SECONDS = 60  # to write a workbook, which takes a tenth of one


async def listed(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Every version of every standard. Raises Forbidden."""
    entries = await runtime.run(drafts.listing, actor_of(who))
    await turn_into(runtime, who, query, list_message(entries, page_of(pressed), who.language))


async def card(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """One version. Raises Forbidden, Stale where it is gone."""
    entry = await _entry(runtime, who, pressed)
    compared = await runtime.run(standard_changes.since_before, actor_of(who), entry.standard, who.language)
    await turn_into(runtime, who, query, card_message(entry, compared, runtime.context.timezone, who.language))


async def _entry(runtime: Runtime, who: Who, pressed: Command) -> StandardEntry:
    return await runtime.run(drafts.entry, actor_of(who), number(pressed, 0))


async def send_workbook(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Begin to write the version's workbook; it follows. Raises Forbidden, Stale."""
    runtime.jobs.refuse_second(who.telegram_id)
    entry = await _entry(runtime, who, pressed)
    go_on(runtime, who, _written(runtime, who, entry))
    await runtime.api.answer(query.id, say(who.language, "export-begun"))


async def _written(runtime: Runtime, who: Who, entry: StandardEntry) -> None:
    content = await runtime.jobs.workers.run(MOST_SECONDS, standard_workbook, entry.standard, who.language)
    name = f"{entry.standard.id}-v{entry.standard.version}.xlsx"
    await hand_over(runtime, who, (name, content, XLSX), say(who.language, "standards-sent"))


async def send_changes(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Send everything that differs from the version before, as a text. Raises Forbidden, Stale."""
    entry = await _entry(runtime, who, pressed)
    compared = await runtime.run(standard_changes.since_before, actor_of(who), entry.standard, who.language)
    await runtime.api.answer(query.id)
    name = f"{entry.standard.id}-v{entry.standard.version}.txt"
    await hand_over(runtime, who, (name, "\n".join(compared.lines).encode("utf-8-sig"), PLAIN))


async def send_problems(runtime: Runtime, who: Who, refusal: InvalidStandard) -> None:
    """Send all faults of a workbook where a message has no room for them."""
    if content := all_problems(refusal, who.language):
        await hand_over(runtime, who, (f"{say(who.language, 'standards-problems-file')}.txt", content, PLAIN))


async def release_(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Ask once, then ask another administrator, or sign. Raises Forbidden, Stale, NotFound, InvalidInput."""
    entry = await _entry(runtime, who, pressed)
    if len(pressed.numbers) < 2:
        await turn_into(runtime, who, query, confirm_message(entry, "release", who.language))
        return
    standard = entry.standard
    given = actor_of(who), standard.id, standard.version
    state = await runtime.run(release.release, *given, seen=pressed.numbers[1])
    await runtime.run(release.learn)
    await turn_into(runtime, who, query, released_message(entry, state, who.language))


async def drop(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Ask once, then delete a draft. Raises Forbidden, Stale, NotFound."""
    entry = await _entry(runtime, who, pressed)
    if len(pressed.numbers) < 2:
        await turn_into(runtime, who, query, confirm_message(entry, "drop", who.language))
        return
    if pressed.numbers[1] != entry.mark:
        raise Stale("error-draft-changed")
    await runtime.run(drafts.drop, actor_of(who), entry.standard.id, entry.standard.version)
    await listed(runtime, who, query, Command(pressed.to))


SCREENS = {
    "standards": listed,
    "std": card,
    "std-file": send_workbook,
    "std-diff": send_changes,
    "std-release": release_,
    "std-drop": drop,
}
