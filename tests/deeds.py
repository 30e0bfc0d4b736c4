"""What people of the made-up company do without a word in the chat: reviews handed in, results signed and published."""

from collections.abc import Callable

from qualify.dialogue import Act, Action, Screen, StepKind
from qualify.services.assessments import sign_off
from qualify.services.authorization import Actor, actor_of
from qualify.services.people import joining
from qualify.services.reviews import answering, submission
from qualify.services.reviews.screen import Turn
from tests.company import all_met, filled_in, reference
from tests.driver import ADMIN, ASSESSOR, EMPLOYEE, SECOND_ASSESSOR, Bot

SIGNED = 5
"""The assessment of Chen Chen at level 2 by Zhou Ming and Wu Qian, whose result somebody signs."""
REVIEWS = {ASSESSOR: 5, SECOND_ASSESSOR: 6}
Choose = Callable[[Screen], Action]


def hands_in(bot: Bot, user_id: int, review_id: int, choose: Choose = all_met) -> None:
    """Answer everything as `choose` says and submit."""
    turn = fills_in(bot, user_id, review_id, choose)
    assert submission.submit(bot.context, user_id, reference(turn), anyway=True).screen is None
    answering.pause(bot.context, user_id)


def fills_in(bot: Bot, user_id: int, review_id: int, choose: Choose = all_met) -> Turn:
    """Answer everything as `choose` says, and stop at the summary with the review in hand."""
    return filled_in(bot.context, user_id, review_id, choose)


def not_met(screen: Screen) -> Action:
    """Nothing met; else as everybody."""
    return Action(Act.MARK, "not_met") if screen.step.kind is StepKind.CRITERION else all_met(screen)


def partly_met(screen: Screen) -> Action:
    """Everything met in part; else as everybody."""
    return Action(Act.MARK, "partly") if screen.step.kind is StepKind.CRITERION else all_met(screen)


def both_hand_in(bot: Bot, second: Choose = all_met) -> None:
    """Zhou Ming finds everything met, Wu Qian answers as `second` says."""
    hands_in(bot, ASSESSOR, REVIEWS[ASSESSOR])
    hands_in(bot, SECOND_ASSESSOR, REVIEWS[SECOND_ASSESSOR], second)


def signs(bot: Bot, assessment_id: int = SIGNED, grade: str | None = None, reason: str = "") -> int:
    """The administrator signs and publishes; the result's id."""
    sign_off.sign_off(bot.context, actor(bot, ADMIN), assessment_id, grade, reason)
    return sign_off.publish(bot.context, actor(bot, ADMIN), assessment_id)


def publishes(bot: Bot) -> int:
    """Both hand in, the administrator signs and publishes; the result's id."""
    both_hand_in(bot)
    return signs(bot)


def actor(bot: Bot, user_id: int = EMPLOYEE) -> Actor:
    """The person behind a phone, by default Chen Chen."""
    found = joining.find(bot.context, user_id)
    assert found is not None
    return actor_of(found)
