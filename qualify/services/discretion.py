"""What somebody who has a part in an assessment may not read of it, whatever their roles allow them elsewhere.

An administrator is now and then assessed, and now and then rates: then they see no more than anybody in that part.
"""

from collections.abc import Iterable

from qualify.life import OWED, ReviewState
from qualify.services.actors import Actor
from qualify.storage.tables import Assessment, Review


def may_read(reader: Actor, assessment: Assessment, review: Review, assigned: Iterable[Review]) -> bool:
    """Whether the reader may read what was given in a review; `assigned` are all reviews of the assessment.

    One's own always. Others' never about oneself, since what comes of them is in the published result; nor while
    reviews are owed in an assessment in which one rates.
    """
    if review.assessor_id == reader.person_id:
        return True
    if assessment.subject_id == reader.person_id:
        return False
    rates = any(each.assessor_id == reader.person_id and each.state != ReviewState.WITHDRAWN for each in assigned)
    return not (rates and assessment.state in OWED)
