"""Colours, sizes and fonts of the charts, in one place. All lengths are pixels of the 1024 × 1280 picture."""

from dataclasses import dataclass

WIDTH, HEIGHT = 1024, 1280  # a photo of this size is not rescaled by Telegram
MARGIN = 40

NAME, NAME_SMALLEST = 50, 36
TITLE, TITLE_SMALLEST = 34, 24
FIGURE = 64
SMALL = 27
SMALLEST = 16

OWN_FAMILIES = ("Chart Sans SC", "Chart Sans East", "Chart Sans Europe", "Chart Sans Thai", "Chart Sans Rare")
"""The shipped fonts, the first that has a character draws it: qualify/fonts/README.md says which those are."""
SYSTEM_FAMILIES = ("Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei", "PingFang SC", "Microsoft YaHei")
LAST_FAMILY = "DejaVu Sans"  # comes with matplotlib


AT_STANDARD = 5
"""The place of "just the standard" among the shades of `Theme.heat`."""


@dataclass(frozen=True)
class Theme:
    """Colours as #RRGGBB. Those that carry data keep a contrast of 5.1 : 1 with `background`.

    `actual` and `standard` have nearly the same luminance, so shape always says the same as colour. `heat` are the
    shades of cells, from far below the standard (0) over just the standard (`heat[AT_STANDARD]`) to above it.
    """

    background: str
    panel: str
    area: str
    shortfall: str
    track: str
    grid: str
    ink: str
    secondary: str
    actual: str
    standard: str
    low: str
    categories: tuple[str, ...]
    heat: tuple[str, ...]


LOOKS: dict[str, Theme] = {
    "light": Theme(
        background="#FFFFFF",
        panel="#F3F6FA",
        area="#B7D2F6",
        shortfall="#F6E0E4",
        track="#E1E8F0",
        grid="#B4C0CD",
        ink="#16202C",
        secondary="#55616F",
        actual="#1463C6",
        standard="#D4232F",
        low="#C4161F",
        categories=("#00796B", "#9A5B00", "#6941B8", "#A3195B", "#4F6200", "#6D4C41"),
        heat=("#C62F28", "#E06656", "#E67C66", "#F59E80", "#F2C6B8", "#ECF0F3", "#A5C5EE", "#5C9CE6"),
    ),
    "dark": Theme(
        background="#17212B",
        panel="#202C38",
        area="#2F547B",
        shortfall="#43303A",
        track="#2A3845",
        grid="#4A5B6B",
        ink="#F2F5F8",
        secondary="#A9B6C3",
        actual="#6DB3FF",
        standard="#FF6B63",
        low="#FF8A80",
        categories=("#4DD0B8", "#F2B84B", "#C3A6FF", "#FF9ECF", "#BCD35F", "#D7B49E"),
        heat=("#FF7A6B", "#DC6659", "#A94640", "#82403F", "#5B3A40", "#2C3946", "#2F5B8C", "#5AA2F2"),
    ),
}
