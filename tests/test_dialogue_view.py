"""What a screen shows, and what entries add up to."""

from decimal import Decimal

from qualify.dialogue import Act, Action, Entry, EntryKind, answers_of
from qualify.scoring import Mark
from tests.dialogue import POINTS, RATED, SCALE, Walk, one_by_one, quickly

# Screens.


def test_the_screen_of_a_rating_shows_what_was_marked_and_what_is_possible() -> None:
    screen = SCALE.do(Act.MARK, "met").do(Act.MARK, "not_met").screen
    assert screen.marks == (Mark.MET, Mark.NOT_MET)
    assert screen.ratings == tuple(map(Decimal, range(4)))
    assert (screen.suggestion, screen.rating) == (1, None)


def test_points_are_possible_in_steps_from_nothing_to_all() -> None:
    ratings = POINTS.until("care rating", quickly).screen.ratings
    assert (ratings[0], ratings[1], ratings[-1], len(ratings)) == (0, Decimal("0.5"), 60, 121)


def test_the_screen_of_a_subject_shows_those_before_it() -> None:
    screen = POINTS.until("policy", quickly).do(Act.TEXT, "80").screen
    assert [(subject.id, score) for subject, score in screen.scores] == [("policy", 80)]
    assert [subject.id for subject in screen.subjects] == ["rules"]
    assert (screen.ordinal, screen.ordinals) == (2, 2)


def test_a_screen_on_a_visit_shows_the_mark_given() -> None:
    assert RATED.do(Act.JUMP, "0").screen.mark is Mark.MET
    assert Walk(RATED.plan).screen.mark is None


def test_the_summary_shows_each_rating_beside_its_target() -> None:
    care, law = RATED.screen.rows
    assert (care.rating, care.target, law.rating, law.target) == (60, 60, 40, 40)


def test_an_exam_has_no_rating_before_its_last_subject() -> None:
    assert POINTS.until("rules", one_by_one).do(Act.OVERVIEW).screen.rows[1].rating is None


# Entries.


def test_what_is_given_later_replaces_what_was_given_before() -> None:
    entries = [
        Entry(EntryKind.SCORE, "law", "policy", "80"),
        Entry(EntryKind.GOTO, "", "", "3"),
        Entry(EntryKind.SCORE, "law", "policy", ""),
        Entry(EntryKind.SCORE, "law", "rules", "41.5"),
    ]
    assert answers_of(entries).scores == {"policy": None, "rules": Decimal("41.5")}


def test_nothing_given_is_no_answers() -> None:
    answers = answers_of([])
    assert (answers.marks, answers.ratings, answers.reasons, answers.scores, answers.cases) == ({}, {}, {}, {}, ())


def test_an_action_with_an_argument_it_does_not_need_is_the_same_action() -> None:
    assert POINTS.take(Action(Act.ALL_MET, "anything")) == POINTS.do(Act.ALL_MET)
