"""The standards that a process knows: those of its directory, and those released in the database. Whoever asks for one
asks here, and none wins over another of the same name in silence."""

import json
import logging
from functools import lru_cache

from qualify.errors import InvalidStandard
from qualify.standard import Catalogue, Standard
from qualify.standard.structure import Version
from qualify.standard.workbook import document_of
from qualify.storage import Database, standards

log = logging.getLogger(__name__)


class Library(Catalogue):
    """A catalogue that learns of versions as they are released, by any process: at its start, now and then, and when it
    is asked for one that it doesn't know."""

    def __init__(self, files: Catalogue) -> None:
        self.directory, self.in_files = files.directory, files.in_files
        self._standards = dict(files.in_files)
        self._released: dict[Version, Standard] = {}
        self._missed: set[Version] = set()

    def refresh(self, database: Database) -> None:
        """Learn what was released. Raises InvalidStandard, and knows what it knew, where a file says something else."""
        with database.reading() as connection:
            there = standards.released(connection)
            unknown = [each for each in there if each not in self._released]
            read = map(parsed, standards.contents(connection, unknown)) if unknown else ()
        found = self._released | {(each.id, each.version): each for each in read}
        kept = {key: each for key, each in found.items() if key in there}
        if kept.keys() != self._released.keys():
            self.join(kept.values())
            self._released, self._missed = kept, set()

    def refresh_for(self, database: Database, standard_id: str, version: int) -> None:
        """Learn of a version that another process released just now. What isn't there is looked for once."""
        if (standard_id, version) in self._standards or (standard_id, version) in self._missed:
            return
        self._missed.add((standard_id, version))
        try:
            self.refresh(database)
        except InvalidStandard as clash:
            log.error("%s", clash)


@lru_cache(maxsize=8)
def parsed(content: str) -> Standard:
    """The standard of a stored document."""
    return Standard.model_validate(json.loads(content))


def stored(standard: Standard) -> str:
    """The document of a standard, to be stored."""
    return json.dumps(document_of(standard), ensure_ascii=False, default=str)
