"""Whether anything that a person or the clock waits for takes longer in a large company: the growth table.

The same things are asked of two companies, one a hundred times the size of the other, in turn; on SQLite and, where
there is a server, on PostgreSQL. `python -m tests.bench.bench_growth [SMALL LARGE]`, 600 and 60000 finished assessments
by default (70 thousand and 7 million answers); five minutes.
"""

import os
import shutil
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import NamedTuple

from sqlalchemy import make_url, text
from sqlalchemy.exc import OperationalError

from bot.handlers.admin.lists import NOT_OVER, PARTS
from bot.render.admin.audit import PAGE as AUDIT_PAGE
from bot.render.admin.menu import COUNTED, PAGE
from bot.render.admin.progress import PEOPLE, REVIEWS
from bot.render.admin.ranking import LINES
from bot.render.menus import MOST
from qualify.dialogue import Act, Action
from qualify.paths import STANDARDS
from qualify.services import Context, audit_log, finding, upkeep
from qualify.services.assessments import (
    appeals,
    candidate_standings,
    listing,
    overview,
    progress,
    ranking,
    results,
    team,
)
from qualify.services.authorization import Actor
from qualify.services.finding import Sought
from qualify.services.notices import digests, queue
from qualify.services.people import directory
from qualify.services.reviews import answering
from qualify.standard import shipped
from qualify.storage import Database
from qualify.storage.candidates import TOP, RankPlace
from qualify.storage.teams import Team
from qualify.workflow import AssessmentState
from tests.bench.filling import FIRST, NOW, RARE, TODAY, grow
from tests.bench.measuring import FOLDER, say
from tests.company import ACCOUNTS, POINTS, ZONE, Clock, Company, reference
from tests.conftest import LOCAL_POSTGRES, run_alone

RATIO, MORE_MS = 1.2, 5.0
WARM, ROUNDS = 3, 25
Row = Callable[[], object]


class Taken(NamedTuple):
    """How long one row takes in the small company and in the large one, in milliseconds."""

    small: float
    large: float

    @property
    def is_flat(self) -> bool:
        """Whether the row takes as long in a large company as in a small one."""
        return self.large <= RATIO * self.small or self.large <= self.small + MORE_MS


def main(small: int = 600, large: int = 60_000) -> bool:
    """Measure and report. Returns whether every row is flat."""
    say(f"growth: {small} and {large} finished assessments, the lowest of {ROUNDS}, ms")
    found = {}
    for name, address in _addresses().items():
        with ExitStack() as stack:
            begun = time.monotonic()
            companies = [stack.enter_context(_company(address, size)) for size in (small, large)]
            say(f"{name}: filled in {time.monotonic() - begun:.0f} s")
            found[name] = _measured(*companies)
    return report(found)


def report(found: dict[str, dict[str, Taken]]) -> bool:
    """Print the table. Returns whether every row is flat."""
    say(f"{'':44}" + "".join(f"{name:>36}" for name in found))
    met = True
    for row in next(iter(found.values())):
        line = f"{row:44}"
        for taken in (table[row] for table in found.values()):
            verdict = "PASS" if taken.is_flat else "FAIL"
            line += f"{taken.small:10.2f} → {taken.large:8.2f}{taken.large / taken.small:7.2f} × {verdict}"
            met &= taken.is_flat
        say(line)
    say(f"bound: at most {RATIO:g} ×, or {MORE_MS:g} ms more")
    return met


def _addresses() -> dict[str, str]:
    """The databases to measure by name: an empty address for SQLite, a server's for PostgreSQL if one answers."""
    server = os.environ.get("TEST_DATABASE_URL", LOCAL_POSTGRES)
    try:
        run_alone(make_url(server), "SELECT 1")
    except OperationalError:
        say(f"no PostgreSQL at {make_url(server)!r}: SQLite only")
        return {"SQLite": ""}
    return {"SQLite": "", "PostgreSQL": server}


@contextmanager
def _company(server: str, finished: int) -> Iterator[Context]:
    """A company of that size on a database of its own, which is deleted afterwards."""
    folder = FOLDER / f"growth-{finished}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    own = make_url(server or "sqlite://").set(database=f"qualify_{uuid.uuid4().hex}")
    if server:
        run_alone(make_url(server), f'CREATE DATABASE "{own.database}"')
    url = own.render_as_string(hide_password=False) if server else f"sqlite:///{folder / 'qualify.sqlite3'}"
    try:
        company = Company(url, folder)
        grow(company, finished)
        company.close()
        if server:
            run_alone(own, "VACUUM ANALYZE")  # as a server does by itself in time
        clock = Clock()
        clock.time = NOW
        context = Context(Database(url), shipped(STANDARDS), ZONE, clock)
        yield context
        context.database.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        if server:
            run_alone(make_url(server), f'DROP DATABASE "{own.database}" WITH (FORCE)')


def _measured(small: Context, large: Context) -> dict[str, Taken]:
    """Every row in both companies, in turn. The lowest times count, since anything else the machine does only adds to
    them."""
    both = [rows(small), rows(large)]
    found = {}
    for name in both[0]:
        times: tuple[list[float], list[float]] = ([], [])
        for number in range(WARM + ROUNDS):
            for of, taken in zip(both, times, strict=True):
                begun = time.perf_counter()
                of[name]()
                if number >= WARM:
                    taken.append(1000 * (time.perf_counter() - begun))
        found[name] = Taken(*map(min, times))
    return found


def rows(context: Context) -> dict[str, Row]:
    """What is measured in one company: calls by the name of their row."""
    who = {name: _person(context, account) for name, account in ACCOUNTS.items() if name in ("A1", "R1")}
    admin, subject = Actor(who["A1"]), FIRST + 41
    middle, last = _pages(context, admin)
    best_last = _last_place(context, admin)
    _tell(context)
    year = TODAY.year
    owing = progress.page(context, admin, most=PEOPLE, reviews_each=REVIEWS)
    while owing.after is not None:
        owing = progress.page(context, admin, owing.after, most=PEOPLE, reviews_each=REVIEWS)
    with context.database.reading() as connection:
        finished = connection.execute(text("SELECT count(*) FROM person")).scalar_one()
        half = connection.execute(
            text("SELECT id FROM person WHERE staff_no > :half ORDER BY staff_no LIMIT 1"),
            {"half": f"P{finished // 2:06}"},
        ).scalar_one()
        answered = connection.execute(text("SELECT max(id) FROM appeal")).scalar_one()
    return {
        "press": _presses(context, who["R1"]),
        "/result": lambda: results.latest(context, subject),
        "/history": lambda: results.history(context, subject),
        "/reviews of one assessor": lambda: answering.owed(context, who["R1"]),
        "one assessment": lambda: overview.view(context, admin, FIRST + 300),
        "audit: a page": lambda: audit_log.page(context, admin, 200, most=AUDIT_PAGE),
        "/admin's menu": lambda: progress.waiting(context, admin, COUNTED),
        "assessments: the first page": lambda: listing.page(context, admin, (NOT_OVER,), most=PAGE),
        "assessments: a middle page": lambda: listing.page(context, admin, (NOT_OVER,), middle, most=PAGE),
        "assessments: the last page": lambda: listing.page(context, admin, (NOT_OVER,), last, most=PAGE),
        "sign queue: a page": lambda: listing.page(context, admin, PARTS, most=PAGE, but_own=True),
        "progress: the first page": lambda: progress.page(context, admin, most=PEOPLE, reviews_each=REVIEWS),
        "progress: the last page": lambda: progress.page(
            context, admin, owing.first, most=PEOPLE, reviews_each=REVIEWS
        ),
        "appeals: the first page": lambda: appeals.page(context, admin, most=PAGE),
        "appeals: a page of answered ones": lambda: appeals.page(
            context, admin, appeals.AppealStart(False, answered), most=PAGE
        ),
        "ranking: the first page": lambda: ranking.ranking_page(context, admin, POINTS, "3", year, most=LINES),
        "ranking: the last page": lambda: ranking.ranking_page(
            context, admin, POINTS, "3", year, best_last, most=LINES
        ),
        "team: a department": lambda: team.page(context, admin, Team(None, "第0政企部"), most=PAGE),
        "team: a department's picture": lambda: team.picture(context, admin, Team(None, "第0政企部")),
        "people: the first page": lambda: directory.page(context, admin, most=PAGE),
        "people: a middle page": lambda: directory.page(context, admin, half, most=PAGE),
        "search: a name of two characters": lambda: directory.find(context, admin, RARE, most=MOST),
        "search: one character of many names": lambda: directory.find(context, admin, "王", most=MOST),
        "search: a staff number": lambda: directory.find(context, admin, "p000123", most=MOST),
        "search: a department": lambda: directory.find(context, admin, "政企", most=MOST),
        "search: nobody": lambda: directory.find(context, admin, "查无此人", most=MOST),
        **_found(context, admin, subject),
        "choosing: departments": lambda: directory.counted(
            context, admin, directory.departments(context, admin)[:PAGE]
        ),
        "choosing: assessors": lambda: directory.assessors(context, admin, most=PAGE),
        "planning the day's reminders": lambda: digests.plan_today(context),
        "the upkeep, where nothing is to do": lambda: upkeep.do_part(context),
        "claiming notices when none is due": lambda: queue.take_due(context),
    }


def _person(context: Context, account: int) -> int:
    with context.database.reading() as connection:
        found = text("SELECT person_id FROM account WHERE telegram_id = :account")
        return int(connection.execute(found, {"account": account}).scalar_one())


def _pages(context: Context, admin: Actor) -> tuple[listing.ListStart, listing.ListStart]:
    """Where a middle page of the list of assessments begins, and the last one."""
    starts = [listing.START]
    while (page := listing.page(context, admin, (NOT_OVER,), starts[-1], most=200)).after is not None:
        starts.append(page.after)
    middle = listing.page(context, admin, (NOT_OVER,), starts[len(starts) // 2], most=PAGE)
    assert middle.after is not None
    last = middle.after
    page = listing.page(context, admin, (NOT_OVER,), starts[-1], most=PAGE)
    while page.after is not None:
        last = page.after
        page = listing.page(context, admin, (NOT_OVER,), last, most=PAGE)
    return middle.after, last


def _last_place(context: Context, admin: Actor) -> RankPlace:
    """Where the last page of the ranking on which somebody has a rank begins."""
    place = TOP
    while True:
        page = ranking.ranking_page(context, admin, POINTS, "3", TODAY.year, place, most=2000)
        with_rank = [each for each in page.ranked if each.composite is not None]
        if page.after is None or len(with_rank) < len(page.ranked):
            end = with_rank[-LINES:][0]
            return RankPlace(candidate_standings.gap_of(end.composite), end.applied, end.assessment_id)
        place = page.after


def _tell(context: Context) -> None:
    """Settle all notices that are due, so that none is when claiming is measured."""
    digests.plan_today(context)
    while taken := queue.take_due(context):
        for notice, _ in taken:
            queue.settle(context, notice, "bench")


def _found(context: Context, admin: Actor, subject: int) -> dict[str, Row]:
    """What administrators find again, by the name of its row."""
    account = ACCOUNTS["A1"]
    looked_for = {
        "everything": Sought(),
        "a name": Sought(RARE),
        "one character": Sought("王"),
        "a state": Sought(state=AssessmentState.PUBLISHED),
        "a rare state": Sought(state=AssessmentState.WITHDRAWN),
        "a standard": Sought(standard=POINTS),
        "a department": Sought(department="第0政企部"),
        "a standard's state": Sought(standard=POINTS, state=AssessmentState.PUBLISHED),
    }

    def find(sought: Sought) -> Row:
        def call() -> object:
            mark = finding.look_for(context, admin, account, sought)
            return finding.found(context, admin, account, mark, most=PAGE)

        return call

    rows: dict[str, Row] = {f"finding: {name}": find(sought) for name, sought in looked_for.items()}
    return rows | {"finding: all about somebody": lambda: finding.about(context, admin, subject, most=PAGE)}


def _presses(context: Context, assessor: int) -> Row:
    """A call that makes the next press on the reviews that an assessor owes."""
    owed = iter(answering.owed(context, assessor))
    account = ACCOUNTS["R1"]
    turn = answering.open_review(context, account, next(owed).id)

    def press() -> None:
        nonlocal turn
        assert turn.screen is not None
        criterion = turn.screen.step.kind.value == "criterion"
        action = Action(Act.MARK, "met") if criterion else Action(Act.RATE, str(turn.screen.suggestion))
        turn = answering.press(context, account, reference(turn), action)
        assert turn.refusal is None, turn.refusal

    return press


if __name__ == "__main__":
    sys.exit(not main(*map(int, sys.argv[1:3])))
