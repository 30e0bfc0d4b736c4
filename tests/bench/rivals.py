"""The same walk as python-telegram-bot's documentation would have it: `python -m tests.bench.rivals <which> <address>`.

`noop` keeps nothing: it answers the query and edits the message. `conversation` is a ConversationHandler with
PicklePersistence. Both come as they are: updates one by one, httpx, default intervals. Their screens are smaller than
this bot's: half the buttons.
"""

import sys
from pathlib import Path

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    PicklePersistence,
)

STEPS = 83  # client-manager, level 3: as many questions as this bot's walk asks
MARKS = ("✅ 达到", "◐ 部分", "❌ 未达到", "未观察到")
ASKING = 0

Context = ContextTypes.DEFAULT_TYPE


def screen(step: int) -> tuple[str, InlineKeyboardMarkup]:
    """The text and the keyboard of a step."""
    text = (
        f"<b>张喆</b> · 客户经理任职资格标准 · 三级\n▓▓▓▓▓░░░░░░░ {100 * step // STEPS}% · 要素 {step // 6 + 1}/14\n\n"
        f"<b>客户需求分析能力</b>\n\n第 {step + 1} 条\n<b>能够独立收集并分析客户的需求,形成书面的分析报告。</b>"
    )
    buttons = [InlineKeyboardButton(mark, callback_data=f"{step}:{index}") for index, mark in enumerate(MARKS)]
    return text, InlineKeyboardMarkup([buttons[:2], buttons[2:]])


async def begin(update: Update, context: Context) -> int:
    """/reviews: ask the first question."""
    text, keyboard = screen(0)
    await update.message.reply_html(text, reply_markup=keyboard)
    return ASKING


async def advance(update: Update, context: Context) -> int:
    """Answer the query of a press and show the next question, starting again after the last."""
    query = update.callback_query
    step = (int(query.data.partition(":")[0]) + 1) % STEPS
    await query.answer()
    text, keyboard = screen(step)
    await query.edit_message_text(text, parse_mode="HTML", reply_markup=keyboard)
    return ASKING


async def store_and_advance(update: Update, context: Context) -> int:
    """Keep a press in the person's data, then advance."""
    step, _, mark = update.callback_query.data.partition(":")
    context.user_data.setdefault("marks", {})[int(step)] = MARKS[int(mark)]
    return await advance(update, context)


def noop(builder: ApplicationBuilder) -> Application:
    """The cheapest bot there is: it keeps nothing."""
    app = builder.build()
    app.add_handler(CommandHandler("reviews", begin))
    app.add_handler(CallbackQueryHandler(advance))
    return app


def conversation(builder: ApplicationBuilder) -> Application:
    """The usual bot: a conversation, pickled to the working directory every minute."""
    app = builder.persistence(PicklePersistence(Path("conversation.pickle"))).build()
    entry = [CommandHandler("reviews", begin)]
    states = {ASKING: [CallbackQueryHandler(store_and_advance)]}
    app.add_handler(ConversationHandler(entry, states, fallbacks=[], name="review", persistent=True))
    return app


RIVALS = {"noop": noop, "conversation": conversation}


def main(which: str, address: str, token: str) -> None:
    """Run the named bot against the address until it is ended."""
    RIVALS[which](Application.builder().token(token).base_url(f"{address}/bot")).run_polling()


if __name__ == "__main__":
    main(*sys.argv[1:])
