"""How the parts of a standard do in use: statistics of each element and criterion over many results, and the signs that
it is time to look at them again (standard B, chapter 8, when to adjust). Pure: no clock, no database, no words.

Nothing here says anything about a person, and nothing changes a result. Below `FEWEST` results nothing is said at all.
"""

from qualify.statistics.intervals import FEWEST, Estimate
from qualify.statistics.items import Gathering, ItemKind, ItemStatistics, LevelStatistics
from qualify.statistics.signs import Doubt, Sign, SignKind, SignRules, signs

__all__ = [
    "FEWEST",
    "Doubt",
    "Estimate",
    "Gathering",
    "ItemKind",
    "ItemStatistics",
    "LevelStatistics",
    "Sign",
    "SignKind",
    "SignRules",
    "signs",
]
