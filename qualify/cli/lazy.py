# ruff: noqa: PLC0414  # what is imported here is for others
"""What commands work with, imported when one first reaches for it: `lazy.people` is `qualify.services.people`.

`--help` and a slip of the pen are answered at once, without a database, a picture or a standard in memory. What is
light, and the types that only annotations name, modules import at their top as anywhere else.
"""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qualify import charts as charts
    from qualify import exports as exports
    from qualify import scoring as scoring
    from qualify import settings as settings
    from qualify import standard as standard
    from qualify.cli import database as database
    from qualify.cli import files as files
    from qualify.reporting import charting as charting
    from qualify.reporting import company_export as company_export
    from qualify.reporting import data as data
    from qualify.reporting import explanation as explanation
    from qualify.reporting import sheets as sheets
    from qualify.reporting import wording as wording
    from qualify.services import appeals as appeals
    from qualify.services import assessments as assessments
    from qualify.services import audits as audits
    from qualify.services import changes as changes
    from qualify.services import notices as notices
    from qualify.services import overview as overview
    from qualify.services import people as people
    from qualify.services import privacy as privacy
    from qualify.services import progress as progress
    from qualify.services import results as results
    from qualify.services import signing as signing
    from qualify.storage import schema as schema
else:

    def __getattr__(name: str) -> ModuleType:
        if name not in PACKAGES:
            raise AttributeError(f"{name} is not among what commands work with")
        return import_module(f"{PACKAGES[name]}.{name}")


PACKAGES = {
    "charts": "qualify",
    "exports": "qualify",
    "scoring": "qualify",
    "settings": "qualify",
    "standard": "qualify",
    "database": "qualify.cli",
    "files": "qualify.cli",
    "charting": "qualify.reporting",
    "company_export": "qualify.reporting",
    "data": "qualify.reporting",
    "explanation": "qualify.reporting",
    "sheets": "qualify.reporting",
    "wording": "qualify.reporting",
    "appeals": "qualify.services",
    "assessments": "qualify.services",
    "audits": "qualify.services",
    "changes": "qualify.services",
    "notices": "qualify.services",
    "overview": "qualify.services",
    "people": "qualify.services",
    "privacy": "qualify.services",
    "progress": "qualify.services",
    "results": "qualify.services",
    "signing": "qualify.services",
    "schema": "qualify.storage",
}
