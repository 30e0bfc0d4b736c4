"""Rectangles of the picture, in pixels from the top left."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Box:
    """A rectangle whose left ≤ right and top ≤ bottom."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def around(cls, centre: tuple[float, float], width: float, height: float) -> "Box":
        """The box of this size with this centre."""
        x, y = centre
        return cls(x - width / 2, y - height / 2, x + width / 2, y + height / 2)

    @property
    def corners(self) -> list[tuple[float, float]]:
        """The closed outline, clockwise from the top left."""
        left, top, right, bottom = self.left, self.top, self.right, self.bottom
        return [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]

    @property
    def centre(self) -> tuple[float, float]:
        """The point in the middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def grown(self, by: float) -> "Box":
        """The box with every side moved out by `by` (in, when negative)."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def moved(self, dx: float, dy: float) -> "Box":
        """The box shifted to the right and down."""
        return Box(self.left + dx, self.top + dy, self.right + dx, self.bottom + dy)

    def overlaps(self, other: "Box") -> bool:
        """Whether the two share any area; touching sides do not count."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )

    def inside(self, other: "Box") -> bool:
        """Whether no part of this box lies out of `other`."""
        return (
            self.left >= other.left
            and self.right <= other.right
            and self.top >= other.top
            and self.bottom <= other.bottom
        )
