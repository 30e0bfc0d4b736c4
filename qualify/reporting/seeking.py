"""Words that somebody typed to find something, understood: a state and a standard by their names in any language."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from qualify.services.finding import Sought
from qualify.standard import Standard
from qualify.storage.search import folded
from qualify.texts import LANGUAGES, say
from qualify.workflow import AssessmentState

SHORTEST = 2
"""How many characters of a standard's name are needed: a single one is rather a part of somebody's name."""


def understood(text: str, standards: Iterable[Standard]) -> Sought:
    """What is looked for. A word that is a state's name asks for the state, one that begins a single standard's name
    (or is its id) for the standard; what remains is looked for in people."""
    sought, rest = Sought(), []
    named = _standards(standards)
    for word in text.split():
        if sought.state is None and folded(word) in STATES:
            sought = replace(sought, state=STATES[folded(word)])
        elif not sought.standard and len(meant := _meant(folded(word), named)) == 1:
            sought = replace(sought, standard=meant.pop())
        else:
            rest.append(word)
    return replace(sought, words=" ".join(rest))


STATES: Mapping[str, AssessmentState] = {
    folded(say(language, "life-state", state=state)): state for language in LANGUAGES for state in AssessmentState
}


def _standards(standards: Iterable[Standard]) -> dict[str, str]:
    """Every name of a standard as it is compared, with the standard's id."""
    called = {}
    for standard in standards:
        for name in (standard.id, *(standard.name.in_language(language) for language in LANGUAGES)):
            called[folded(name)] = standard.id
    return called


def _meant(word: str, named: Mapping[str, str]) -> set[str]:
    if len(word) < SHORTEST:
        return set()
    return {standard for name, standard in named.items() if name.startswith(word)}
