"""What people do in the chat, each deed as a scene: what was there before, what leads up to it, and the deed itself."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import NamedTuple, cast

from bot.buttons import To, command
from qualify.access import Permission, Role
from qualify.dialogue import Act as Move
from qualify.dialogue import Action, Screen, StepKind
from qualify.services import Context
from qualify.services.assessments import appeals, opening_form, sign_off
from qualify.services.authorization import Actor
from qualify.services.people import joining
from qualify.services.reviews import answering
from qualify.storage import people as stored
from qualify.workflow import AssessmentState as State
from tests.company import OPERATOR, POINTS, SCALE, all_met, reference
from tests.deeds import hands_in
from tests.driver import Bot
from tests.hr import opened, reviews_of
from tests.permissions import DEEDS, FILE, Cell, Deed, admin, mark
from tests.phone import Phone

ADMIN, ASSESSOR, SECOND, EMPLOYEE, STRANGER = 9001, 9002, 9003, 9004, 9009
PEOPLE = {
    "Q001": (ADMIN, "林雪", "人力资源部", (Role.EMPLOYEE, Role.ADMIN)),
    "Q002": (ASSESSOR, "周明", "政企客户部", (Role.EMPLOYEE, Role.ASSESSOR)),
    "Q003": (SECOND, "吴倩", "技术支援部", (Role.EMPLOYEE, Role.ASSESSOR)),
    "Q004": (EMPLOYEE, "陈晨", "政企客户部", (Role.EMPLOYEE,)),
    "Q007": (9007, "何静", "政企客户部", (Role.EMPLOYEE,)),
    "Q008": (None, "马超", "政企客户部", (Role.EMPLOYEE,)),
}
"""By staff number: the account, the name, the department and the roles. Not those of the made-up company, which the
program refuses."""
ACCOUNTS = [account for account, *_ in PEOPLE.values() if account is not None]
INVITATION = "the-only-invitation-00"
LINKS = (1, 3)
"""The deeds of `CHANGE_PEOPLE` that show a link."""
ABOUT_ONESELF = (Permission.SELF_ASSESS, Permission.SEE_RESULT, Permission.ACKNOWLEDGE, Permission.APPEAL)

Step = Callable[[Cell], Awaitable[None]]


class Place(NamedTuple):
    """What the words of the tests need of a bot that lives in another process."""

    context: Context


@dataclass(frozen=True)
class Scene:
    """What is `prepared` in the database of the company, who acts, and what they do: `begun` is played and gives the
    deed itself, which is left to do. `done` sees whether it was done at all. The assessment is by this standard; where
    a signature is `waived`, nobody assesses themselves. What is `made_anew` when the update comes again may be there
    once more: of a link only the hash is kept, so that another one is shown."""

    name: str
    user_id: int
    prepared: Callable[[Cell], object]
    begun: Callable[[Cell], Awaitable[Step]]
    done: Callable[[Cell], bool] = lambda _: True
    standard: str = SCALE
    waived: bool = False
    made_anew: bool = False

    @property
    def file(self) -> str:
        """What the copy of its database is called."""
        return "".join(letter if letter.isalnum() else "_" for letter in self.name)


def found(context: Context) -> None:
    """The people of the company, who have joined but for one, who is invited."""
    with context.database.transaction() as connection:
        for staff_no, (account, name, department, roles) in PEOPLE.items():
            person = stored.save_person(connection, {"staff_no": staff_no, "name": name, "department": department})
            stored.set_roles(connection, person, roles)
            if account is not None:
                stored.add_account(connection, account, "zh-CN")
                stored.join(connection, account, person)


def cell_of(context: Context, phone: Phone, scene: Scene) -> Cell:
    """The scene's assessment, of Chen Chen by Zhou Ming, newly opened."""
    bot = cast(Bot, Place(context))
    assessment_id = opened(
        bot, "Q004", scene.standard, "4", ["Q002"], self_assessment=not scene.waived, sign_off=not scene.waived
    )
    return Cell(bot, phone, "Q004", assessment_id, *reviews_of(bot, assessment_id), *((0,) if scene.waived else ()))


def brought_to(state: State) -> Callable[[Cell], None]:
    """The assessment handed in, signed, published and appealed, as far as the state wants."""

    def bring(cell: Cell) -> None:
        if state is State.OPEN:
            return
        hands_in(cell.bot, ASSESSOR, cell.lead)
        if state is not State.REVIEWED:
            sign_off.sign_off(cell.context, OPERATOR, cell.id)
        if state in {State.PUBLISHED, State.APPEALED}:
            sign_off.publish(cell.context, OPERATOR, cell.id)
        if state is State.APPEALED:
            appeals.appeal(cell.context, Actor(cell.subject_id), cell.result_id, "漏看了一项")

    return bring


# ——— steps


async def starts(cell: Cell) -> None:
    """/start."""
    await cell.phone.start()


def presses(*labels: str) -> Step:
    """Buttons by their labels."""
    return lambda cell: cell.phone.press(*labels)


def pressed(data: str | Callable[[Cell], str]) -> Step:
    """A button that carries this, pressed under the newest message."""

    async def press(cell: Cell) -> None:
        carried = data if isinstance(data, str) else data(cell)
        await cell.phone.press_data(cell.phone.messages()[-1]["message_id"], carried)

    return press


def says(text: str) -> Step:
    """Typed words."""
    return lambda cell: cell.phone.say(text)


def sends_file(content: str) -> Step:
    """A list."""
    return lambda cell: cell.phone.send_document(FILE, content.encode())


OPENS = pressed(lambda cell: command(To.OPEN, cell.lead))
AT_WORK = (starts, OPENS)


# ——— what was there before


def filled_in(until: StepKind) -> Callable[[Cell], None]:
    """The review answered up to the first step of this kind, and put aside."""

    def fill(cell: Cell) -> None:
        turn = answering.open_review(cell.context, ASSESSOR, cell.lead)
        while turn.screen is not None and turn.screen.step.kind is not until:
            turn = answering.press(cell.context, ASSESSOR, reference(turn), all_met(turn.screen))
            assert turn.refusal is None, turn.refusal
        answering.pause(cell.context, ASSESSOR)

    return fill


def rated_otherwise(cell: Cell) -> None:
    """A rating that needs a reason, which is asked for."""
    filled_in(StepKind.RATING)(cell)
    turn = answering.open_review(cell.context, ASSESSOR, cell.lead)
    turn = answering.press(cell.context, ASSESSOR, reference(turn), Action(Move.RATE, _another(turn.screen)))
    assert turn.screen is not None
    assert turn.screen.step.kind is StepKind.REASON
    answering.pause(cell.context, ASSESSOR)


def _another(screen: Screen | None) -> str:
    assert screen is not None
    return "1" if screen.suggestion != 1 else "2"


def invited(cell: Cell) -> None:
    """Ma Chao has a link."""
    joining.invite(cell.context, OPERATOR, "Q008")
    with cell.context.database.transaction() as connection:
        connection.exec_driver_sql(f"UPDATE invite SET token_hash = '{joining._hash(INVITATION)}'")


def form_of_a_department(cell: Cell) -> None:
    """A form about everybody of a department, complete but for the last button."""
    given = cell.context, OPERATOR, ADMIN
    opening_form.begin(*given)
    opening_form.set_standard(*given, SCALE)
    opening_form.set_level(*given, "3")
    opening_form.set_department(*given, "政企客户部")
    opening_form.set_assessor(*given, cell.person("Q003").id, 1)
    opening_form.set_due(*given, cell.context.today())


# ——— the scenes


def after(*steps: Step) -> Callable[[Cell], Awaitable[Step]]:
    """The last step is the deed, the others lead up to it."""

    async def begun(cell: Cell) -> Step:
        for step in steps[:-1]:
            await step(cell)
        return steps[-1]

    return begun


def scene_of(permission: Permission, deed: Deed, number: int) -> Scene:
    """What a permission allows, done by somebody who has it."""

    def prepared(cell: Cell) -> None:
        brought_to(deed.state)(cell)
        deed.left(cell)
        answering.pause(cell.context, ASSESSOR)

    async def begun(cell: Cell) -> Step:
        await starts(cell)
        if content := deed.file(cell):
            await sends_file(content)(cell)
        steps = [pressed(data) for data in deed.buttons(cell)] + [says(deed.text)] * bool(deed.text)
        return await after(*steps)(cell)

    user_id = {Permission.RATE: ASSESSOR, **dict.fromkeys(ABOUT_ONESELF, EMPLOYEE)}.get(permission, ADMIN)
    name = permission.value.replace("_", " ") + (f", {number}" if number > 1 else "")
    anew = permission is Permission.CHANGE_PEOPLE and number in LINKS
    return Scene(name, user_id, prepared, begun, deed.done, deed.standard, made_anew=anew)


def nothing(_: Cell) -> None:
    """Nothing."""


NEWCOMERS = "工号,姓名\nN1,新人\n"
OF_THE_WALK = (
    Scene("mark", ASSESSOR, nothing, after(*AT_WORK, presses("✅ 达到"))),
    Scene("all met", ASSESSOR, nothing, after(*AT_WORK, presses("全部达到"))),
    Scene("rate as suggested", ASSESSOR, filled_in(StepKind.RATING), after(*AT_WORK, presses("★"))),
    Scene("reason of a rating", ASSESSOR, rated_otherwise, after(*AT_WORK, says("比同级突出"))),
    Scene("score", ASSESSOR, filled_in(StepKind.SCORE), after(*AT_WORK, says("88"))),
    Scene("case", ASSESSOR, filled_in(StepKind.CASES), after(*AT_WORK, says("2026-03-01 一次复盘")), standard=POINTS),
    Scene("note", ASSESSOR, nothing, after(*AT_WORK, says("客户当面表扬过"))),
    Scene("photo", ASSESSOR, nothing, after(*AT_WORK, lambda cell: cell.phone.send_photo("奖状"))),
    Scene("pause", ASSESSOR, nothing, after(*AT_WORK, presses("⏸ 暂停"))),
    Scene("submit", ASSESSOR, filled_in(StepKind.SUMMARY), after(*AT_WORK, presses("✅ 提交"))),
    Scene(
        "submit, and published", ASSESSOR, filled_in(StepKind.SUMMARY), after(*AT_WORK, presses("✅ 提交")), waived=True
    ),
)
OF_PEOPLE = (
    Scene("first word", STRANGER, nothing, after(starts)),
    Scene("join", STRANGER, invited, after(lambda cell: cell.phone.start(INVITATION))),
    Scene("language", EMPLOYEE, nothing, after(starts, says("/language"), presses("English"))),
    Scene("list sent", ADMIN, nothing, after(starts, sends_file(NEWCOMERS))),
    Scene(
        "open a batch",
        ADMIN,
        form_of_a_department,
        after(starts, pressed(lambda cell: admin("new-open", mark(cell)))),
        lambda cell: cell.phone.last.startswith("✅ 已开启 3 份评估"),
    ),
)
SCENES: tuple[Scene, ...] = (
    *OF_THE_WALK,
    *OF_PEOPLE,
    *(
        scene_of(permission, deed, place + 1)
        for permission, deeds in DEEDS.items()
        for place, deed in enumerate(deeds)
        if (permission, place) != (Permission.REMIND, 1)  # of somebody who owes nothing here
    ),
)
