"""Which department's team is looked at."""

from telegram import CallbackQuery

from bot.buttons import Command, To, command
from bot.handlers.admin.arguments import page_of
from bot.handlers.screens import turn_into
from bot.render.admin.menu import back, on_page, pages
from bot.render.admin.opening_form import department_words
from bot.render.message import Message, Rows, button, esc
from bot.runtime import Runtime
from qualify.services.assessments.opening_draft import mark_of
from qualify.services.authorization import actor_of
from qualify.services.people import directory
from qualify.storage.people import Who
from qualify.texts import say


async def departments(runtime: Runtime, who: Who, query: CallbackQuery, pressed: Command) -> None:
    """Show a page of departments, a button to each. Raises Forbidden."""
    names, page = await runtime.run(directory.departments, actor_of(who)), page_of(pressed)
    counted = await runtime.run(directory.counted, actor_of(who), names[on_page(names, page)])
    language = who.language
    rows: Rows = [
        [button(department_words(name, count, language), command(To.TEAM, mark_of(name), 0))] for name, count in counted
    ]
    rows += [*pages(language, "team", page, len(names)), [back(language)]]
    await turn_into(runtime, who, query, Message(esc(say(language, "team-ask-department")), rows))
