"""What a standard calls its parts, in one language. Its own words: no catalogue is needed to say them."""

from qualify.standard.model import ScaleRating, Standard, Text, all_subjects


def names(standard: Standard, language: str) -> dict[str, str]:
    """The names of all elements, modules, exams, subjects, deductions, case kinds, reading lists and grades by id.

    Where two kinds share an id, what is rated comes first.
    """
    named: dict[str, Text] = {reading.id: reading.name for reading in standard.reading}
    named |= {kind.id: kind.name for rule in standard.deductions for kind in rule.kinds}
    named |= {exam.id: exam.name for exam in standard.exams}
    named |= {module.id: module.name for module in standard.modules}
    named |= {rule.id: rule.name for rule in standard.deductions}
    named |= {band.id: band.name for band in (standard.grades.bands if standard.grades else ())}
    named |= {element.id: element.name for element in standard.all_elements()}
    named |= {subject.id: subject.name for subject in all_subjects(standard)}
    return {key: name.in_language(language) for key, name in named.items()}


def label(standard: Standard, rating: object, language: str) -> str:
    """The scale's word for a whole rating ("达标"), or nothing."""
    if not isinstance(standard.rating, ScaleRating):
        return ""
    return next((each.name.in_language(language) for each in standard.rating.labels if each.value == rating), "")
