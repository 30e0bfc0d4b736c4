"""A team in the chat: the list, one person of it, and the caption of its picture. `mark` names a department in buttons;
0 is the reader's own team."""

from collections import Counter

from bot.buttons import To, command
from bot.render.admin.menu import admin, brief, counted
from bot.render.message import Button, Message, Rows, bold, button, esc, in_rows, short
from bot.render.result import outcome
from qualify.services.assessments.overview import Overview, ResultView
from qualify.services.assessments.team import Member, MemberView, TeamPage, TeamPicture
from qualify.standard import Standard
from qualify.storage.tables import Person
from qualify.texts import say

NAME = 30  # characters of a name, a standard or a level in a line


def team_message(page: TeamPage, mark: int, language: str) -> Message:
    """A page of the team: where each person stands, a button to each, and one to each picture."""
    if not page.total:
        key = "team-none-here" if mark else "team-none"
        return Message(esc(say(language, key)), [_way_out(language)] if mark else [])
    department = page.team.department
    heading = say(language, "team-of" if mark else "team-mine", department=department, count=counted(page.total))
    named = _names([each.person for each in page.members])
    lines = [bold(heading), "", *(esc(_line(each, named[each.person.id], language)) for each in page.members)]
    rows: Rows = in_rows(
        [
            button(named[each.person.id], command(To.TEAM, each.person.id, mark, page.first, word="one"))
            for each in page.members
        ],
        2,
    )
    turn = []
    for key, first in (("chat-explain-previous", page.before), ("chat-explain-next", page.after)):
        if first is not None:
            turn.append(button(say(language, key), command(To.TEAM, mark, first)))
    rows += [turn] if turn else []
    for number, picture in enumerate(page.pictures):
        words = _standard(picture.standard, language), _level(picture.standard, picture.level, language)
        text = say(language, "team-picture", standard=words[0], level=words[1], count=counted(picture.people))
        rows.append([button(text, command(To.TEAM, mark, number, 0, word="picture"), "primary")])
    return Message("\n".join(lines), [*rows, *([_way_out(language)] if mark else [])], protected=True)


def _way_out(language: str) -> list[Button]:
    return [admin(say(language, "team-departments"), "team")]


def _names(people: list[Person]) -> dict[int, str]:
    """How each is called; with the staff number where several have the name."""
    same = Counter(person.name for person in people)
    return {
        person.id: " ".join([brief(person.name), *([brief(person.staff_no)] if same[person.name] > 1 else [])])
        for person in people
    }


def _line(member: Member, name: str, language: str) -> str:
    under_way = say(language, "team-under-way", count=member.under_way) if member.under_way else ""
    if member.result is None:
        return say(language, "team-row-blank", name=name) + under_way
    shown = member.result
    level, until = _level(shown.standard, shown.result.level, language), str(shown.valid_until or "none")
    return say(language, "team-row", name=name, level=level, figure=outcome(shown, language), until=until) + under_way


def _standard(standard: Standard, language: str) -> str:
    return short(standard.name.in_language(language), NAME)


def _level(standard: Standard, level: str, language: str) -> str:
    return short(standard.level(level).name.in_language(language), NAME)


def member_message(view: MemberView, mark: int, first: int, language: str) -> Message:
    """One person: the published results with a button to each, and how far the rest is."""
    person = view.person
    words = [bold(short(person.name, 30)), esc(short(person.staff_no, 30))]
    position = esc(" · ".join(short(fact, 30) for fact in (person.department, person.position) if fact))
    lines = [" · ".join(words), *([position] if position else []), ""]
    lines.append(esc(say(language, "team-results" if view.results else "team-no-results")))
    rows = [[button(_result(each, language), command(To.RESULT, each.id))] for each in view.results]
    if view.under_way:
        lines += ["", esc(say(language, "team-open-heading")), *(esc(_open(each, language)) for each in view.under_way)]
    back = button(say(language, "team-back"), command(To.TEAM, mark, first))
    return Message("\n".join(lines), [*rows, [back]], protected=True)


def _result(shown: ResultView, language: str) -> str:
    level = _level(shown.standard, shown.result.level, language)
    figure = outcome(shown, language)
    return say(language, "team-result-row", date=shown.made_on.isoformat(), level=level, figure=figure)


def _open(view: Overview, language: str) -> str:
    standing = [each for each in view.standing if each.number is not None]
    return say(
        language,
        "team-open-row",
        standard=_standard(view.standard, language),
        level=_level(view.standard, view.assessment.level, language),
        state=view.state,
        due=view.assessment.due_date.isoformat(),
        all=str(len(standing)),
        **{"in": str(sum(not each.is_open for each in standing))},
    )


def picture_message(picture: TeamPicture, mark: int, number: int, language: str) -> Message:
    """The caption of a team's picture, with the way to the next one where there are more people."""
    standard = picture.picture.standard
    words = [standard.name.in_language(language), standard.level(picture.picture.level).name.in_language(language)]
    if picture.page or picture.more:
        words.append(say(language, "team-picture-page", page=str(picture.page + 1)))
    rows: Rows = [[button(say(language, "team-back"), command(To.TEAM, mark, 0))]]
    if picture.more:
        following = command(To.TEAM, mark, number, picture.page + 1, word="picture")
        rows.insert(0, [button(say(language, "team-picture-next"), following)])
    return Message(esc(" · ".join(words)), rows, protected=True)
