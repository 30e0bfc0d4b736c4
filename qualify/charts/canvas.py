"""One picture being painted: shapes and words straight on matplotlib's Agg renderer, in pixels from the top left.

No figure, axes or artists: they cost several times what the painting itself does.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from qualify.charts.agg import Affine2D, Path, renderer, to_rgb
from qualify.charts.boxes import Box
from qualify.charts.lettering import STAMP_PAD, spread, stamp
from qualify.charts.theme import HEIGHT, WIDTH, Theme

Point = tuple[float, float]
Anchor = Literal["left", "middle", "right"]
_ANCHORS: dict[Anchor, float] = {"left": 0, "middle": 0.5, "right": 1}
_DIAMOND = Path([(0, -1), (1, 0), (0, 1), (-1, 0), (0, -1)], closed=True)
_SQUARE = Path(Box(-1, -1, 1, 1).corners, closed=True)


@cache
def _rgb(colour: str) -> tuple[float, float, float]:
    return to_rgb(colour)


class Canvas:
    """A picture on the theme's background, 1024 pixels wide and, unless another height is given, 1280 high."""

    def __init__(self, theme: Theme, height: int = HEIGHT) -> None:
        self.theme = theme
        self.height = height
        self._downwards = Affine2D().scale(1, -1).translate(0, height)  # Agg counts rows from the bottom
        self._renderer = renderer(WIDTH, height)
        background = np.array([*(round(255 * part) for part in _rgb(theme.background)), 255], np.uint8)
        self.pixels.view(np.uint32).fill(background.view(np.uint32)[0])  # a pixel at a time: four times faster

    @property
    def pixels(self) -> NDArray[np.uint8]:
        """The picture, shaped (height, width, RGBA)."""
        return np.asarray(self._renderer.buffer_rgba())

    def polygon(self, points: Sequence[Point], fill: str) -> None:
        """A filled area."""
        self._paint(Path(points), fill=fill)

    def line(
        self,
        points: Sequence[Point],
        colour: str,
        width: float,
        *,
        dash: Sequence[float] = (),
        closed: bool = False,
    ) -> None:
        """A line through the points, or an outline; `dash` alternates lengths on and off."""
        path = Path([*points, points[0]], closed=True) if closed else Path(points)
        self._paint(path, edge=colour, width=width, dash=dash)

    def mesh(self, lines: Iterable[Sequence[Point]], colour: str, width: float, alpha: float) -> None:
        """Many faint lines in one go: where they cross they are no darker."""
        path = Path.make_compound_path(*(Path(points) for points in lines))
        self._paint(path, edge=colour, width=width, alpha=alpha)

    def rectangle(self, box: Box, fill: str | None, *, edge: str | None = None, dash: Sequence[float] = ()) -> None:
        """A box with an optional edge of 2 pixels inside it."""
        if fill is not None:
            self._paint(Path(box.corners), fill=fill)
        if edge is not None:
            self.line(box.grown(-1).corners, edge, 2, dash=dash, closed=True)

    def discs(self, centres: Sequence[Point], radius: float, fill: str, edge: str, width: float) -> None:
        """Equal circles whose edges are centred on `radius`."""
        self._stamp(Path.unit_circle(), centres, radius, fill=fill, edge=edge, width=width)

    def diamonds(self, centres: Sequence[Point], radius: float, fill: str, edge: str, width: float) -> None:
        """Equal squares on their corners; `radius` reaches from a centre to a corner."""
        self._stamp(_DIAMOND, centres, radius, fill=fill, edge=edge, width=width)

    def frames(self, centres: Sequence[Point], side: float, edge: str, width: float) -> None:
        """Equal upright squares that hide nothing but what lies under their edges."""
        self._stamp(_SQUARE, centres, side / 2, fill=None, edge=edge, width=width)

    def triangle(self, centre: Point, fill: str) -> None:
        """The mark ▼ of what is too low, 16 pixels wide."""
        x, y = centre
        self.polygon([(x - 8, y - 7), (x + 8, y - 7), (x, y + 7)], fill)

    def text(
        self, at: Point, text: str, size: int, colour: str, *, bold: bool = False, anchor: Anchor = "left"
    ) -> float:
        """Words around the vertical middle `at`[1]; returns the right end in pixels."""
        words, width = spread(text, size, bold)
        left = at[0] - _ANCHORS[anchor] * width
        top = round(at[1] + 0.36 * size) - size - STAMP_PAD
        pen = self._renderer.new_gc()
        for x, word in words:
            image = stamp(word, size, colour, bold)
            self._renderer.draw_image(pen, round(left + x) - STAMP_PAD, self.height - top - len(image), image)
        return left + width

    def text_upwards(self, at: Point, text: str, size: int, colour: str) -> None:
        """Words that are read upwards, around the horizontal middle `at`[0], beginning at the bottom `at`[1]."""
        left = round(at[0] - 0.64 * size) - STAMP_PAD
        pen = self._renderer.new_gc()
        for x, word in spread(text, size)[0]:
            image = np.ascontiguousarray(np.rot90(stamp(word, size, colour)[::-1])[::-1])
            self._renderer.draw_image(pen, left, self.height - round(at[1] - x) - STAMP_PAD, image)

    def _stamp(
        self, shape: Path, centres: Sequence[Point], radius: float, *, fill: str | None, edge: str, width: float
    ) -> None:
        if centres:
            pen = self._pen(edge, width)
            size = Affine2D().scale(radius)
            self._renderer.draw_markers(pen, shape, size, Path(centres), self._downwards, _rgb(fill) if fill else None)

    def _paint(
        self,
        path: Path,
        *,
        fill: str | None = None,
        edge: str | None = None,
        width: float = 0,
        dash: Sequence[float] = (),
        alpha: float = 1,
    ) -> None:
        pen = self._pen(edge, width, alpha)
        if dash:
            pen.set_dashes(0, dash)
        self._renderer.draw_path(pen, path, self._downwards, _rgb(fill) if fill else None)

    def _pen(self, colour: str | None, width: float, alpha: float = 1) -> Any:
        pen = self._renderer.new_gc()
        pen.set_linewidth(width if colour else 0)
        pen.set_joinstyle("round")
        if colour:
            pen.set_foreground((*_rgb(colour), alpha), isRGBA=True)
        return pen
