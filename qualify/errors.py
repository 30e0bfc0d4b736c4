"""One family of errors: each carries a text key and the values its sentence needs.

The rooms that people meet (chat, command line) turn the key into words with `qualify.texts.say`.
Anything that is not a `QualifyError` is a bug.
"""


class QualifyError(Exception):
    """Base of every refusal. `key` names the sentence in the text catalogues, `values` fill it."""

    is_repeated = False
    """Whether it is the refusal of an earlier attempt, said again."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values

    def __reduce__(self) -> tuple[object, ...]:
        """On its way to another process: whatever a kind of refusal has besides goes with it."""
        return _again, (type(self), self.args, self.__dict__)

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value!r}" for name, value in self.values.items())
        return f"{self.key}({details})"


class InvalidStandard(QualifyError):
    """A standard's file breaks the format or a rule; values name `file`, `line` and what would be right."""


class InvalidInput(QualifyError):
    """Something a person or a program gave cannot be read or is out of range."""


class NotFound(QualifyError):
    """The record that was asked for does not exist (or the asker may not know that it does)."""


class Forbidden(QualifyError):
    """The person may not do this (see `qualify.access`), and may know that it exists."""


class Stale(QualifyError):
    """A button of an earlier screen, or a second press of the same one: nothing changed, redraw."""


class Busy(QualifyError):
    """Something else has kept the database locked for too long: nothing was stored, and the same may work soon."""


class Unavailable(Busy):
    """The database can't be used right now: its disk is full, it may not be written, or nobody answers. Nothing was
    stored, and the same may work later."""


def _again(kind: type[QualifyError], args: tuple[object, ...], values: dict[str, object]) -> QualifyError:
    refusal = kind.__new__(kind, *args)
    refusal.__dict__.update(values)
    return refusal
