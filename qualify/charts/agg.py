"""The one door to matplotlib: no pyplot, no figure, no artist, only its Agg renderer and fonts.

It warns about every directory it cannot write to and then helps itself with a temporary one; that is silenced first.
"""

import logging
from typing import Any

logging.getLogger("matplotlib").setLevel(logging.ERROR)

from matplotlib.backends.backend_agg import RendererAgg  # noqa: E402
from matplotlib.colors import to_rgb  # noqa: E402
from matplotlib.font_manager import FontProperties, fontManager, get_font  # noqa: E402
from matplotlib.path import Path  # noqa: E402
from matplotlib.transforms import Affine2D  # noqa: E402

__all__ = ["Affine2D", "FontProperties", "Path", "fontManager", "get_font", "renderer", "to_rgb"]

_DPI = 72  # one point is one pixel


def renderer(width: int, height: int) -> Any:
    """A transparent Agg renderer, one point to the pixel (matplotlib gives it no types)."""
    untyped: Any = RendererAgg
    return untyped(width, height, _DPI)
