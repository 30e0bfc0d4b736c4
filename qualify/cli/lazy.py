# ruff: noqa: PLC0414  # what is imported here is for others
"""What commands work with, imported when one first reaches for it: `lazy.people` is `qualify.services.people`.

`--help` and a mistyped command are answered at once, without a database, a picture or a standard in memory. What is
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
    from qualify.exports import templates as templates
    from qualify.reporting import adoption as adoption
    from qualify.reporting import charting as charting
    from qualify.reporting import company_export as company_export
    from qualify.reporting import data as data
    from qualify.reporting import explanation as explanation
    from qualify.reporting import import_preview as import_preview
    from qualify.reporting import import_templates as import_templates
    from qualify.reporting import item_figures as item_figures
    from qualify.reporting import matters as matters
    from qualify.reporting import own_settings as own_settings
    from qualify.reporting import sheets as sheets
    from qualify.reporting import standard_changes as standard_changes
    from qualify.reporting import team_picture as team_picture
    from qualify.reporting import wording as wording
    from qualify.services import audit_log as audit_log
    from qualify.services import inbox as inbox
    from qualify.services import standard_settings as standard_settings
    from qualify.services import upkeep as upkeep
    from qualify.services.assessments import adopting as adopting
    from qualify.services.assessments import amendments as amendments
    from qualify.services.assessments import appeals as appeals
    from qualify.services.assessments import facts as facts
    from qualify.services.assessments import item_statistics as item_statistics
    from qualify.services.assessments import listing as listing
    from qualify.services.assessments import opening as opening
    from qualify.services.assessments import overview as overview
    from qualify.services.assessments import progress as progress
    from qualify.services.assessments import ranking as ranking
    from qualify.services.assessments import results as results
    from qualify.services.assessments import settling as settling
    from qualify.services.assessments import sign_off as sign_off
    from qualify.services.assessments import team as team
    from qualify.services.imports import people_list as people_list
    from qualify.services.imports import score_list as score_list
    from qualify.services.notices import queue as queue
    from qualify.services.people import directory as directory
    from qualify.services.people import joining as joining
    from qualify.services.people import keeping as keeping
    from qualify.services.people import line_managers as line_managers
    from qualify.services.people import privacy as privacy
    from qualify.services.people import renumbering as renumbering
    from qualify.services.people import roles as roles
    from qualify.services.standards import drafts as drafts
    from qualify.services.standards import release as release
    from qualify.storage import assessments as assessments
    from qualify.storage import backup as backup
    from qualify.storage import schema as schema
    from qualify.storage import tables as tables
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
    "adoption": "qualify.reporting",
    "charting": "qualify.reporting",
    "company_export": "qualify.reporting",
    "data": "qualify.reporting",
    "explanation": "qualify.reporting",
    "import_preview": "qualify.reporting",
    "import_templates": "qualify.reporting",
    "item_figures": "qualify.reporting",
    "matters": "qualify.reporting",
    "own_settings": "qualify.reporting",
    "sheets": "qualify.reporting",
    "standard_changes": "qualify.reporting",
    "team_picture": "qualify.reporting",
    "wording": "qualify.reporting",
    "audit_log": "qualify.services",
    "inbox": "qualify.services",
    "standard_settings": "qualify.services",
    "upkeep": "qualify.services",
    "adopting": "qualify.services.assessments",
    "amendments": "qualify.services.assessments",
    "appeals": "qualify.services.assessments",
    "facts": "qualify.services.assessments",
    "item_statistics": "qualify.services.assessments",
    "listing": "qualify.services.assessments",
    "opening": "qualify.services.assessments",
    "overview": "qualify.services.assessments",
    "progress": "qualify.services.assessments",
    "ranking": "qualify.services.assessments",
    "results": "qualify.services.assessments",
    "settling": "qualify.services.assessments",
    "sign_off": "qualify.services.assessments",
    "team": "qualify.services.assessments",
    "people_list": "qualify.services.imports",
    "score_list": "qualify.services.imports",
    "queue": "qualify.services.notices",
    "directory": "qualify.services.people",
    "joining": "qualify.services.people",
    "keeping": "qualify.services.people",
    "line_managers": "qualify.services.people",
    "privacy": "qualify.services.people",
    "renumbering": "qualify.services.people",
    "roles": "qualify.services.people",
    "templates": "qualify.exports",
    "drafts": "qualify.services.standards",
    "release": "qualify.services.standards",
    "assessments": "qualify.storage",
    "backup": "qualify.storage",
    "schema": "qualify.storage",
    "tables": "qualify.storage",
}
