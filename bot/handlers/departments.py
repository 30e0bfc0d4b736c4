"""Departments behind buttons: lists change and names are too long for a button, so it carries the mark of a name."""

from bot.runtime import Runtime
from qualify.errors import Stale
from qualify.services.assessments.opening_draft import mark_of
from qualify.services.authorization import actor_of
from qualify.services.people import directory
from qualify.storage.people import Who


async def department_of(runtime: Runtime, who: Who, mark: int) -> str:
    """The department whose name has this mark. Raises Forbidden, or Stale where there is none any more."""
    for name in await runtime.run(directory.departments, actor_of(who)):
        if mark_of(name) == mark:
            return name
    raise Stale("error-stale")
