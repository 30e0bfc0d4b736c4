"""A team as its manager sees it, or a department as an administrator does: who stands where, one person of it, and what
its picture shows. Published results and how far the rest is; nothing else."""

from typing import NamedTuple

from sqlalchemy import Connection
from sqlalchemy.exc import NoResultFound

from qualify.access import Permission, Relation
from qualify.errors import NotFound
from qualify.services.assessments.overview import Overview, ResultView, read
from qualify.services.assessments.results import published
from qualify.services.authorization import Actor, Viewer, viewer_of
from qualify.services.context import Context, reads
from qualify.services.people.directory import known
from qualify.standard import Standard
from qualify.storage import line_managers, people, teams
from qualify.storage.people import Who
from qualify.storage.tables import Person, StoredResult
from qualify.storage.teams import Team

MOST_ROWS = 20
"""People in one picture."""
MOST_RESULTS = 8
"""Results of one person that a manager's screen leads to."""


class Member(NamedTuple):
    """Somebody in a team: their newest published result, if there is one that can be read, and how many assessments
    about them are under way."""

    person: Person
    result: ResultView | None
    under_way: int


class Picture(NamedTuple):
    """A picture there is of a team: one standard and level, and how many people are in it."""

    standard: Standard
    level: str
    people: int


class TeamPage(NamedTuple):
    """Some of a team, how many it has, and its pictures. A page is named by the person it begins with: `before` and
    `after` are those of the pages around it, 0 the very first."""

    team: Team
    members: list[Member]
    total: int
    pictures: list[Picture]
    first: int
    before: int | None
    after: int | None


class MemberView(NamedTuple):
    """One person of a team: their published results, the newest first, and what is under way, the first due first."""

    person: Person
    results: list[ResultView]
    under_way: list[Overview]


class TeamRow(NamedTuple):
    """One person in a picture, with the newest published result of its standard and level."""

    person: Person
    result: ResultView


class TeamPicture(NamedTuple):
    """What a picture shows: up to `MOST_ROWS` people, on which of its pages (from 0), and whether there are more."""

    picture: Picture
    rows: list[TeamRow]
    page: int
    more: bool


def _authorized(connection: Connection, actor: Actor, team: Team) -> Viewer:
    """Whoever leads the team, or may see every team. Raises Forbidden."""
    viewer = viewer_of(connection, actor)
    is_theirs = team.manager_id is not None and team.manager_id == viewer.person_id
    viewer.require(Permission.SEE_TEAM, Relation.MANAGER if is_theirs else Relation.OTHER)
    return viewer


@reads
def page(context: Context, actor: Actor, team: Team, first_id: int = 0, *, most: int) -> TeamPage:
    """Up to `most` people of the team by staff number, beginning with this one, or with the first one for 0. Raises
    Forbidden."""
    with context.database.reading() as connection:
        viewer = _authorized(connection, actor, team)
        found = teams.members(connection, team, first_id or None, most + 1)
        earlier = teams.members(connection, team, found[0].id, most, back=True) if first_id and found else []
        members = _members(context, connection, viewer, found[:most])
        total, pictures = teams.count(connection, team), _pictures(context, connection, team)
    before = None if not earlier else earlier[-1].id if len(earlier) == most else 0
    after = found[most].id if len(found) > most else None
    return TeamPage(team, members, total, pictures, first_id, before, after)


def _members(context: Context, connection: Connection, viewer: Viewer, found: list[Person]) -> list[Member]:
    ids = [person.id for person in found]
    shown = _shown(context, connection, viewer, list(teams.newest_results(connection, ids).values()))
    open_ones = [each.subject_id for each in teams.under_way(connection, ids)]
    return [Member(person, shown.get(person.id), open_ones.count(person.id)) for person in found]


def _shown(
    context: Context, connection: Connection, viewer: Viewer, stored: list[StoredResult]
) -> dict[int, ResultView]:
    """These results as the viewer sees them, by person; those whose standard is gone are left out."""
    views = read(context, connection, viewer, {each.assessment_id for each in stored}, compared=False)
    wanted = {each.id for each in stored}
    return {
        shown.stored.subject_id: shown
        for view in views.values()
        for shown in view.results
        if shown.id in wanted and shown.made_by is not None
    }


def _pictures(context: Context, connection: Connection, team: Team) -> list[Picture]:
    known = {standard.id: standard for standard in context.standards.all()}
    return [
        Picture(known[standard], level, count)
        for standard, level, count in teams.pictures(connection, team)
        if standard in known and level in {each.id for each in known[standard].levels}
    ]


@reads
def member(context: Context, actor: Actor, person_id: int) -> MemberView:
    """One person, for their manager or an administrator. Raises NotFound for anybody else, and for somebody who isn't
    here, so that nobody learns who is."""
    with context.database.reading() as connection:
        viewer = viewer_of(connection, actor)
        try:
            person = people.by_id(connection, person_id)
        except NoResultFound:
            raise NotFound("error-team-unknown") from None
        relation = viewer.relation(person.id, manager_id=person.manager_id)
        if person.erased_at is not None or not viewer.may(Permission.SEE_TEAM, relation):
            raise NotFound("error-team-unknown")
        past = published(context, connection, viewer, person_id, MOST_RESULTS)
        open_ids = [each.id for each in teams.under_way(connection, [person_id])]
        views = read(context, connection, viewer, open_ids, compared=False)
    return MemberView(person, past, [views[key] for key in open_ids if views[key].made_by is not None])


@reads
def picture(context: Context, actor: Actor, team: Team, number: int = 0, page: int = 0) -> TeamPicture:
    """What a page (from 0) of the team's picture with this number (from 0) shows. Raises Forbidden, or NotFound where
    there is no such picture."""
    with context.database.reading() as connection:
        viewer = _authorized(connection, actor, team)
        pictures = _pictures(context, connection, team)
        if number >= len(pictures):
            raise NotFound("error-team-picture")
        chosen = pictures[number]
        found = teams.rated(connection, team, chosen.standard.id, chosen.level, page=page, most=MOST_ROWS)
        ids = [person.id for person in found[:MOST_ROWS]]
        stored = teams.results_by_standard(connection, ids, chosen.standard.id, chosen.level)
        shown = _shown(context, connection, viewer, list(stored.values()))
    rows = [TeamRow(person, shown[person.id]) for person in found[:MOST_ROWS] if person.id in shown]
    if not rows:
        raise NotFound("error-team-picture")
    return TeamPicture(chosen, rows, page, len(found) > MOST_ROWS)


@reads
def named(context: Context, actor: Actor, *, manager: str = "", department: str = "") -> Team:
    """The team of the person with this staff number, or else the department. Raises Forbidden, or NotFound where there
    is no such person."""
    with context.database.reading() as connection:
        team = Team(known(connection, manager).id) if manager else Team(None, department)
        _authorized(connection, actor, team)
    return team


@reads
def is_manager(context: Context, person_id: int) -> bool:
    """Whether the person leads anybody who is here."""
    with context.database.reading() as connection:
        return line_managers.has_reports(connection, person_id)


@reads
def managers(context: Context) -> list[Who]:
    """The accounts of those who have joined and lead somebody who is here."""
    with context.database.reading() as connection:
        return list(people.accounts_of(connection, line_managers.managers(connection)).values())
