"""The whole table of access through the chat: every action, tried by everybody who has one role alone and stands in
some relation to an assessment, with forged buttons, and with answers to questions from before they lost a role."""

from itertools import product

import pytest

from bot.runtime import Artist
from qualify.access import Permission, Relation, Role, may
from qualify.services import typed_answers
from qualify.services.assessments import appeals, sign_off
from qualify.services.authorization import Actor
from qualify.services.people import line_managers, roles
from qualify.services.reviews import answering
from qualify.texts import say
from qualify.workflow import AssessmentState as State
from tests.company import OPERATOR
from tests.deeds import hands_in
from tests.driver import ASSESSOR, EMPLOYEE, EMPLOYEE_A, EMPLOYEE_DONE, Bot
from tests.hr import assessment, hires, how_many, opened, reviews_of
from tests.permissions import DEEDS, FILE, Cell, Deed
from tests.phone import picture
from tests.test_bot_admin_forged import stored

pytest_plugins = ["tests.bot_fixtures"]

SENTENCES = (
    *("error-forbidden", "error-review-unknown", "error-result-unknown", "error-own-waived", "error-own-score"),
    "error-team-unknown",
)
REFUSALS = {say("zh-CN", key) for key in SENTENCES}
TRIED = {
    Relation.SUBJECT: (EMPLOYEE, "Q004"),
    Relation.ASSESSOR: (ASSESSOR, "Q002"),
    Relation.MANAGER: (EMPLOYEE_DONE, "Q006"),
    Relation.OTHER: (EMPLOYEE_A, "Q005"),
}


@pytest.fixture(autouse=True)
def _no_drawing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who gets a chart is the question here, not what is on it; drawing takes longer than all the rest."""

    async def drawn(*_: object) -> bytes:
        return picture()

    monkeypatch.setattr(Artist, "draw", drawn)


async def prepared(bot: Bot, role: Role, relation: Relation, deed: Deed) -> Cell:
    """Somebody who stands so to a new assessment in the state of the deed, and has this role alone by now."""
    user_id, staff_no = TRIED[relation]
    roles.set_roles(bot.context, OPERATOR, "Q002", [Role.ASSESSOR])
    subject = staff_no if relation is Relation.SUBJECT else f"N{how_many(bot)}"
    if subject != staff_no:
        hires(bot, subject)
    line_managers.set_manager(bot.context, OPERATOR, subject, "Q006")
    assessment_id = opened(bot, subject, deed.standard, "4", ["Q002"], self_assessment=True, sign_off=True)
    cell = Cell(bot, bot.phone(user_id), subject, assessment_id, *reviews_of(bot, assessment_id))
    bring_to(cell, deed.state)
    deed.left(cell)
    roles.set_roles(bot.context, OPERATOR, staff_no, [role])
    answering.pause(bot.context, user_id)
    await cell.phone.start()
    return cell


def bring_to(cell: Cell, state: State) -> None:
    """Handed in, signed, published and appealed, as far as the state wants."""
    if state is State.OPEN:
        return
    hands_in(cell.bot, ASSESSOR, cell.lead)
    if state is not State.REVIEWED:
        sign_off.sign_off(cell.context, OPERATOR, cell.id)
    if state in {State.PUBLISHED, State.APPEALED}:
        sign_off.publish(cell.context, OPERATOR, cell.id)
    if state is State.APPEALED:
        appeals.appeal(cell.context, Actor(cell.subject_id), cell.result_id, "漏看了一项")
    assert assessment(cell.bot, cell.id).state == state


async def does(cell: Cell, deed: Deed) -> None:
    """The deed, whatever is answered."""
    if content := deed.file(cell):
        await cell.phone.send_document(FILE, content.encode())
    await presses(cell, deed)
    if deed.text:
        await cell.phone.say(deed.text)


async def presses(cell: Cell, deed: Deed) -> None:
    """The deed's buttons, each under the newest message."""
    for data in deed.buttons(cell):
        await cell.phone.press_data(cell.phone.messages()[-1]["message_id"], data)


async def ends(cell: Cell, deed: Deed, question: str) -> set[str]:
    """The deed's end alone, as if its beginning had been allowed; what the bot says to that."""
    newest = cell.phone.messages()[-1]["message_id"]
    typed_answers.ask(cell.context, cell.phone.user_id, question)
    await (cell.phone.say(deed.text) if deed.text else presses(cell, deed))
    typed_answers.take_back(cell.context, cell.phone.user_id)
    said = {message.get("text", "") for message in cell.phone.messages() if message["message_id"] > newest}
    return said if deed.text else {cell.phone.toast, cell.phone.last}


def are_refused(said: set[str]) -> bool:
    """Whether a refusal is among the words: as a toast, or in a message that names the faults of a file."""
    return any(refusal in words for refusal in REFUSALS for words in said)


async def check_refused(cell: Cell, deed: Deed) -> None:
    """The deed is refused in words, also when only its end is left to do, and everything is as it was."""
    before = stored(cell.bot)
    await does(cell, deed)
    assert are_refused({cell.phone.toast, cell.phone.last})
    assert not deed.done(cell)
    assert stored(cell.bot) == before
    if question := deed.question(cell):
        assert are_refused(await ends(cell, deed, question))
        assert not deed.done(cell)
        assert stored(cell.bot) == before


async def check_allowed(cell: Cell, deed: Deed) -> None:
    """The deed is done, and nothing was refused."""
    await does(cell, deed)
    assert cell.phone.toast not in REFUSALS
    assert deed.done(cell), cell.phone.last


def test_every_action_is_something_in_the_chat() -> None:
    assert set(DEEDS) == set(Permission)


@pytest.mark.parametrize("action", Permission)
async def test_everybody_may_do_in_the_chat_what_the_table_says_and_nothing_else(bot: Bot, action: Permission) -> None:
    for deed, role, relation in product(DEEDS[action], Role, Relation):
        cell = await prepared(bot, role, relation, deed)
        if may(action, [role], relation):
            await check_allowed(cell, deed)
        else:
            await check_refused(cell, deed)
