"""The two looks that charts come in; people choose one. What they look like is `qualify.charts.theme`."""

THEMES = ("light", "dark")
DEFAULT_THEME = THEMES[0]
