"""What a chart paints in words, for the tests of charts."""

from typing import Any

import pytest

from qualify.charts.boxes import Box
from qualify.charts.canvas import Canvas
from qualify.charts.lettering import width_of


@pytest.fixture
def words_drawn(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, Box, dict[str, Any]]]:
    """Every upright text that a chart paints, with the box its letters fill and how it is painted."""
    drawn: list[tuple[str, Box, dict[str, Any]]] = []
    paint = Canvas.text

    def recorded(canvas: Canvas, at: tuple[float, float], text: str, size: int, colour: str, **how: Any) -> float:
        right = paint(canvas, at, text, size, colour, **how)
        width = width_of(text, size, how.get("bold", False))
        drawn.append(
            (text, Box(right - width, at[1] - 0.42 * size, right, at[1] + 0.42 * size), {**how, "ink": colour})
        )
        return right

    monkeypatch.setattr(Canvas, "text", recorded)
    return drawn
