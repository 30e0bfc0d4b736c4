"""What every permission of `qualify.access` is in the chat: buttons that anybody can forge, a text, a file."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, NamedTuple

from bot.buttons import To, command
from qualify.access import Permission
from qualify.services import Context, reading, standard_settings
from qualify.services.assessments import adopting, opening_form
from qualify.services.assessments.facts import LISTS
from qualify.services.assessments.sign_off import NOT_GRANTED
from qualify.services.imports import score_list
from qualify.services.imports.tables import Sent
from qualify.services.people import directory, joining, keeping, roles
from qualify.services.standards import drafts as standard_drafts
from qualify.standard import Standard
from qualify.storage import appeal_proofs, results, settlements
from qualify.storage.people import Who
from qualify.storage.tables import AppealProof, Person
from qualify.workflow import AssessmentState as State
from tests.company import OPERATOR, POINTS, SCALE, looked_up
from tests.driver import Bot
from tests.hr import assessment
from tests.phone import Phone

FILE = "list.csv"
"""How every file is called that somebody sends."""


class Cell(NamedTuple):
    """Somebody at their phone, and an assessment: of themselves, or of a newcomer. The first review is the lead's."""

    bot: Bot
    phone: Phone
    subject: str
    id: int
    lead: int
    own: int

    @property
    def context(self) -> Context:
        """What services need."""
        return self.bot.context

    @property
    def who(self) -> Who:
        """Whose phone it is."""
        found = joining.find(self.context, self.phone.user_id)
        assert found is not None
        return found

    @property
    def subject_id(self) -> int:
        """Whom the assessment is about."""
        return self.person(self.subject).id

    @property
    def result_id(self) -> int:
        """The newest result of the assessment."""
        with self.context.database.reading() as connection:
            newest = results.newest_of(connection, self.id)
        assert newest is not None
        return newest.id

    def person(self, staff_no: str) -> Person:
        """Somebody of the company."""
        return next(each for each, _, _ in directory.listed(self.context, OPERATOR) if each.staff_no == staff_no)


class Deed(NamedTuple):
    """An action in the chat: to an assessment in this state, after what was `left` there before, a file is sent, the
    buttons are pressed and the text is typed; `done` sees whether anything came of it.

    `question` is what the account keeps until the text is typed, or the file's button pressed: it may still stand there
    for who lost the role.
    """

    state: State
    buttons: Callable[[Cell], list[str]]
    done: Callable[[Cell], bool]
    left: Callable[[Cell], object] = lambda _: None
    file: Callable[[Cell], str] = lambda _: ""
    text: str = ""
    question: Callable[[Cell], str] = lambda _: ""
    standard: str = SCALE


def admin(word: str, *numbers: int) -> str:
    """The data of a button of the administrators' screens."""
    return command(To.ADMIN, *numbers, word=word)


def first_version(cell: Cell) -> tuple[int, int]:
    """What the buttons carry that adopt the first version of the client manager model from today."""
    return reading.mark(cell.context.standards.get(SCALE, 1)), cell.context.today().toordinal()


def in_force(cell: Cell) -> int:
    """The version of the client manager model that new assessments are made by."""
    with cell.context.database.reading() as connection:
        return standard_settings.in_force(cell.context, connection, SCALE).version


def stands(state: State) -> Callable[[Cell], bool]:
    """Whether the assessment has come to this state."""
    return lambda cell: assessment(cell.bot, cell.id).state == state


def drafts(cell: Cell) -> None:
    """Write an appeal against the result that isn't handed in yet."""
    with cell.context.database.transaction() as connection:
        appeal_proofs.add(connection, AppealProof(result_id=cell.result_id, kind="text", text="漏看了一项"))


def drafted(cell: Cell) -> list[AppealProof]:
    """What was written for an appeal."""
    with cell.context.database.reading() as connection:
        return appeal_proofs.of(connection, [cell.result_id])


def is_listed_otherwise(cell: Cell) -> None:
    """A list has another score than the assessors gave."""
    standard = cell.context.standards.get(SCALE)
    subject = next(each for each in standard.elements_at("4") if each.kind == "exam").subjects[0].id
    table = f"工号,标准,科目,成绩,考试日期\n{cell.subject},{SCALE},{subject},10,2026-11-01\n"
    score_list.import_scores(cell.context, OPERATOR, Sent(FILE, table.encode()))


def is_settled(cell: Cell) -> bool:
    """Whether something was settled in the assessment."""
    with cell.context.database.reading() as connection:
        return bool(settlements.of_assessments(connection, [cell.id]))


def shows(beginning: str) -> Callable[[Cell], bool]:
    """Whether the newest message begins like this."""
    return lambda cell: cell.phone.last.startswith(beginning)


def sends(beginning: str) -> Callable[[Cell], bool]:
    """Whether the newest message is a file that is called like this."""
    return lambda cell: cell.phone.messages()[-1].get("document", {}).get("file_name", "").startswith(beginning)


def is_chart(cell: Cell) -> bool:
    """Whether the newest message is a chart."""
    return cell.phone.messages()[-1] in cell.phone.charts


def chart(cell: Cell) -> str:
    """The button that sends the result's chart."""
    return command(To.RESULT, cell.result_id)


def is_card(cell: Cell) -> bool:
    """Whether the newest message is the card of the subject."""
    person = cell.person(cell.subject)
    return cell.phone.last.startswith(f"{person.name} · {person.staff_no}\n")


def last_grade(cell: Cell) -> int:
    """The place of "not granted" among the grades that can be given."""
    grades = cell.context.standards.get(POINTS).grades
    assert grades is not None
    return len(grades.bands)


def file_button(cell: Cell) -> list[str]:
    """The button that takes the newest file in."""
    return [admin("file-apply", newest_file(cell)["message_id"])]


def waiting_file(cell: Cell) -> str:
    """The newest file, as an account keeps it until that button is pressed."""
    message = newest_file(cell)
    return f"file {message['message_id']} {message['document']['file_id']} {FILE}"


def newest_file(cell: Cell) -> dict[str, Any]:
    """The newest message with a file."""
    return [message for message in cell.phone.messages() if "document" in message][-1]


def fills_in(cell: Cell) -> None:
    """A form about the subject, complete but for the last button."""
    given = cell.context, OPERATOR, cell.phone.user_id
    opening_form.begin(*given)
    opening_form.set_standard(*given, SCALE)
    opening_form.set_level(*given, "4")
    opening_form.set_subject(*given, cell.subject_id)
    opening_form.set_assessor(*given, cell.person("Q003").id, 1)
    opening_form.set_due(*given, cell.context.today())


def waives(cell: Cell) -> None:
    """The same, so that nobody signs."""
    fills_in(cell)
    opening_form.set_sign_off(cell.context, OPERATOR, cell.phone.user_id, required=False)


def mark(cell: Cell) -> int:
    """The mark of that form, as its last button carries it."""
    return opening_form.look(cell.context, OPERATOR, cell.phone.user_id).mark


def tomorrow(cell: Cell) -> int:
    """Tomorrow, as buttons carry a day."""
    return (cell.context.today() + timedelta(days=1)).toordinal()


def is_due_tomorrow(cell: Cell) -> bool:
    """Whether the reviews are due tomorrow instead of in two weeks."""
    return assessment(cell.bot, cell.id).due_date.toordinal() == tomorrow(cell)


def is_known(cell: Cell, staff_no: str) -> bool:
    """Whether somebody in the company has this staff number."""
    return staff_no in {each.staff_no for each, _, _ in directory.listed(cell.context, OPERATOR)}


def drafted_standard(cell: Cell) -> Standard:
    """A version that isn't there yet."""
    return cell.context.standards.get(SCALE, 2).model_copy(update={"version": 3})


def drafted_mark(cell: Cell) -> int:
    """The mark of its content, as the last button carries it."""
    return next(each.mark for each in standard_drafts.listing(cell.context, OPERATOR) if each.id)


DEEDS: Mapping[Permission, tuple[Deed, ...]] = {
    Permission.RATE: (
        Deed(State.OPEN, lambda cell: [command(To.OPEN, cell.lead)], lambda cell: cell.who.review_id == cell.lead),
    ),
    Permission.SELF_ASSESS: (
        Deed(State.OPEN, lambda cell: [command(To.OPEN, cell.own)], lambda cell: cell.who.review_id == cell.own),
    ),
    Permission.SEE_RESULT: (Deed(State.PUBLISHED, lambda cell: [chart(cell)], is_chart),),
    Permission.SEE_UNPUBLISHED: (Deed(State.SIGNED_OFF, lambda cell: [chart(cell)], is_chart),),
    Permission.ACKNOWLEDGE: (
        Deed(
            State.PUBLISHED,
            lambda cell: [chart(cell), command(To.ACKNOWLEDGE, cell.result_id, 1)],
            stands(State.ACKNOWLEDGED),
        ),
    ),
    Permission.APPEAL: (
        Deed(
            State.PUBLISHED,
            lambda cell: [chart(cell), command(To.APPEAL, cell.result_id)],
            lambda cell: bool(drafted(cell)),
            text="漏看了一项",
            question=lambda cell: f"appeal {cell.result_id} 1 0",
        ),
        Deed(
            State.PUBLISHED,
            lambda cell: [chart(cell), command(To.APPEAL, cell.result_id, 1, 1)],
            stands(State.APPEALED),
            left=drafts,
        ),
        Deed(
            State.PUBLISHED,
            lambda cell: [chart(cell), command(To.APPEAL, cell.result_id, 2, 1)],
            lambda cell: not drafted(cell),
            left=drafts,
        ),
    ),
    Permission.SIGN_OFF: (
        Deed(
            State.REVIEWED,
            lambda cell: [admin("case-sign", cell.id), admin("case-sign", cell.id, cell.result_id)],
            stands(State.SIGNED_OFF),
        ),
        Deed(
            State.REVIEWED,
            lambda cell: [admin("case-grade", cell.id), admin("case-grade", cell.id, cell.result_id, last_grade(cell))],
            stands(State.SIGNED_OFF),
            text="与平时表现不符",
            question=lambda cell: f"case-grade {cell.id} {cell.result_id} {NOT_GRANTED}",
            standard=POINTS,
        ),
        Deed(
            State.REVIEWED,
            lambda cell: [
                admin("case-settle", cell.id, cell.result_id, 0),
                admin("case-settle", cell.id, cell.result_id, 0, 0),
            ],
            is_settled,
            left=is_listed_otherwise,
        ),
        Deed(
            State.REVIEWED,
            lambda cell: [admin("case-settle-by", cell.id, cell.result_id, LISTS)],
            is_settled,
            left=is_listed_otherwise,
        ),
    ),
    Permission.RETURN: (
        Deed(
            State.REVIEWED,
            lambda cell: [admin("case-return", cell.id), admin("case-return-why", cell.id, cell.lead)],
            stands(State.RETURNED),
            text="请再看一遍",
            question=lambda cell: f"case-return {cell.id} {cell.lead}",
        ),
    ),
    Permission.PUBLISH: (
        Deed(State.SIGNED_OFF, lambda cell: [admin("case-publish", cell.id, 1)], stands(State.PUBLISHED)),
    ),
    Permission.ANSWER_APPEAL: (
        Deed(
            State.APPEALED,
            lambda cell: [admin("case-reply", cell.id)],
            stands(State.ANSWERED),
            text="维持原结果",
            question=lambda cell: f"case-reply {cell.id}",
        ),
        Deed(
            State.APPEALED,
            lambda cell: [admin("case-reopen", cell.id)],
            stands(State.RETURNED),
            text="请补看材料",
            question=lambda cell: f"case-reopen {cell.id}",
        ),
    ),
    Permission.OPEN: (
        Deed(
            State.OPEN,
            lambda cell: [admin("new-open", mark(cell), 1)],
            shows("✅ 已开启 1 份评估"),
            left=fills_in,
        ),
    ),
    Permission.WAIVE_SIGN_OFF: (
        Deed(
            State.OPEN,
            lambda cell: [admin("new-open", mark(cell), 1)],
            shows("✅ 已开启 1 份评估"),
            left=waives,
        ),
    ),
    Permission.CHANGE: (
        Deed(
            State.OPEN,
            lambda cell: [admin("case-extend", cell.id), admin("case-extend", cell.id, tomorrow(cell))],
            is_due_tomorrow,
        ),
        Deed(
            State.OPEN,
            lambda cell: [admin("case-due", cell.id)],
            is_due_tomorrow,
            text="2026-11-23",
            question=lambda cell: f"case-due {cell.id}",
        ),
        Deed(
            State.OPEN,
            lambda cell: [admin("case-newcomer", cell.id, cell.lead, cell.person("Q003").id)],
            lambda cell: "吴倩" in {name for _, name in looked_up(cell.context, cell.id)[2]},
        ),
        Deed(
            State.OPEN,
            lambda cell: [admin("case-withdraw", cell.id), admin("case-withdraw", cell.id, 1)],
            stands(State.WITHDRAWN),
        ),
    ),
    Permission.SEE_PROGRESS: (
        Deed(State.OPEN, lambda _: [admin("progress")], shows("⏳ 待完成的评审")),
        Deed(State.OPEN, lambda cell: [admin("case", cell.id)], lambda cell: cell.phone.offers("返回")),
    ),
    Permission.REMIND: (
        Deed(State.OPEN, lambda cell: [admin("case-remind", cell.id)], lambda cell: "提醒" in cell.phone.toast),
        Deed(
            State.OPEN,
            lambda cell: [admin("remind", cell.person("Q003").id)],
            lambda cell: "已提醒" in cell.phone.toast,
        ),
    ),
    Permission.SEE_TEAM: (
        Deed(
            State.OPEN,
            lambda cell: [command(To.TEAM, cell.subject_id, 0, 0, word="one")],
            lambda cell: cell.phone.last.startswith(f"{cell.person(cell.subject).name} · {cell.subject}\n"),
        ),
    ),
    Permission.SEE_PEOPLE: (
        Deed(State.OPEN, lambda _: [admin("people")], shows("👥 人员")),
        Deed(State.OPEN, lambda cell: [admin("person", cell.subject_id)], is_card),
        Deed(
            State.OPEN,
            lambda _: [admin("find")],
            lambda cell: "何静" in "".join(cell.phone.labels),
            text="何静",
        ),
    ),
    Permission.CHANGE_PEOPLE: (
        Deed(
            State.OPEN,
            lambda cell: [admin("person-invite", cell.person("Q008").id)],
            lambda cell: "https://t.me/" in cell.phone.last,
        ),
        Deed(
            State.OPEN,
            lambda cell: [admin("person-active", cell.person("Q007").id, 0)],
            lambda cell: not cell.person("Q007").active,
            left=lambda cell: roles.set_active(cell.context, OPERATOR, "Q007", active=True),
        ),
        Deed(
            State.OPEN,
            lambda cell: [admin("person-move", cell.person("Q003").id)],
            lambda cell: "https://t.me/" in cell.phone.last,
        ),
        Deed(
            State.OPEN,
            lambda cell: [admin("person-field", cell.person("Q008").id, 3, 0)],
            lambda cell: cell.person("Q008").level == "T5",
            left=lambda cell: keeping.change(cell.context, OPERATOR, "Q008", {"level": ""}),
            text="T5",
            question=lambda cell: f"person-field {cell.person('Q008').id} level 0",
        ),
        Deed(
            State.OPEN,
            lambda cell: [admin("person-number", cell.person("Q008").id)],
            lambda cell: "Q008 → M8" in cell.phone.last,
            text="M8",
            question=lambda cell: f"person-number {cell.person('Q008').id} 0",
        ),
        Deed(
            State.OPEN,
            file_button,
            lambda cell: is_known(cell, f"X{cell.id}"),
            file=lambda cell: f"工号,姓名\nX{cell.id},新人\n",
            question=waiting_file,
        ),
    ),
    Permission.IMPORT_SCORES: (
        Deed(
            State.OPEN,
            file_button,
            shows("✅ 已导入"),
            file=lambda cell: f"工号,标准,科目,成绩,考试日期\n{cell.subject},{POINTS},specialist,91,2026-11-01\n",
            question=waiting_file,
        ),
    ),
    Permission.SEE_RANKING: (
        Deed(State.OPEN, lambda _: [admin("ranking"), admin("ranking", 0, 0)], shows("🏅 知识排名")),
    ),
    Permission.SEE_STATISTICS: (Deed(State.OPEN, lambda _: [admin("statistics")], shows("📈 标准统计")),),
    Permission.EXPORT: (Deed(State.OPEN, lambda _: [admin("export-make")], sends("qualify-")),),
    Permission.SEE_AUDIT: (Deed(State.OPEN, lambda _: [admin("audit")], shows("🧾 操作记录")),),
    Permission.KEEP_STANDARDS: (
        Deed(State.OPEN, lambda _: [admin("standards")], shows("📘 标准")),
        Deed(
            State.OPEN,
            lambda cell: [admin("std-drop", reading.mark(drafted_standard(cell)), drafted_mark(cell))],
            lambda cell: not any(each.id for each in standard_drafts.listing(cell.context, OPERATOR)),
            left=lambda cell: standard_drafts.take_in(cell.context, OPERATOR, drafted_standard(cell)),
        ),
        Deed(
            State.OPEN,
            lambda cell: [admin("std-adopt-on", *first_version(cell)), admin("std-adopt-on", *first_version(cell), 1)],
            lambda cell: in_force(cell) == 1,
            left=lambda cell: (
                None if in_force(cell) == 2 else adopting.adopt(cell.context, OPERATOR, SCALE, 2, cell.context.today())
            ),
        ),
    ),
    Permission.EXPORT_PERSON: (
        Deed(State.OPEN, lambda cell: [admin("person-export", cell.subject_id)], sends("person-")),
    ),
    Permission.ERASE_PERSON: (
        Deed(
            State.OPEN,
            lambda cell: [admin("person-erase", cell.subject_id), admin("person-erase-yes", cell.subject_id)],
            lambda cell: not is_known(cell, cell.subject),
        ),
    ),
}
