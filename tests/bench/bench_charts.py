"""What a chart costs, against the obvious way to draw it: `python -m tests.bench.bench_charts`.

The obvious way is a pyplot figure of the same size and values, saved with a tight box; it leaves out most of the words
and marks that ours shows. Both take turns in one process, warm, so that the machine's drift falls on both; every turn
has another person and other values.
"""

import io
import math
import statistics
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from functools import partial

import matplotlib as mpl
from matplotlib.figure import Figure

from qualify.charts import Axis, Bar, BarModule, Bars, Category, Header, Radar, draw, warm_up
from qualify.charts.theme import OWN_FAMILIES

REPETITIONS = 15
_DPI = 160  # 6.4 × 8 inches are 1024 × 1280 pixels

_WORDS = """
成就导向 抗挫能力 沟通倾听能力 书面表达能力 人际交往能力 执行能力 情绪控制能力 协调能力 通用基础知识 专业基础知识
岗位基础知识 岗位基本技能 信息收集能力 需求分析能力 定制策略能力 主动营销能力 客户保持能力 客户关系能力
业绩达成率 客户满意度"""
NAMES = tuple(_WORDS.split())


def _rating(index: int, turn: int) -> Decimal:
    return Decimal((7 * index + 5 * turn) % 13) / 2


def _header(turn: int, figure: str) -> Header:
    return Header(
        f"张喆{turn}", "任职资格评估", f"目标级别 客户经理三级 · 2026-11-{1 + turn % 28:02} · 4 位评委", figure
    )


def radar(turn: int) -> Radar:
    """A radar of 18 axes in three categories; each turn has other values."""
    axes = tuple(Axis(name, _rating(index, turn), Decimal(5)) for index, name in enumerate(NAMES[:18]))
    categories = (Category("通用能力", axes[:8]), Category("知识技能", axes[8:12]), Category("业务能力", axes[12:]))
    return Radar(_header(turn, "11/18 项达标"), categories, 6)


def bars(turn: int) -> Bars:
    """A chart of 20 elements in seven modules; each turn has other values."""
    each = [Bar(name, _rating(index, turn), Decimal(6)) for index, name in enumerate(NAMES)]
    modules = tuple(BarModule(f"模块 {start // 3 + 1}", tuple(each[start : start + 3])) for start in range(0, 20, 3))
    return Bars(_header(turn, "76.5 /100"), modules)


def naive_radar(chart: Radar) -> bytes:
    """A PNG of the values as tutorials draw a radar: areas, lines and names."""
    import matplotlib.pyplot as plt

    turns = [2 * math.pi * index / len(chart.axes) for index in range(len(chart.axes))]
    actual, standard = [float(axis.actual or 0) for axis in chart.axes], [float(axis.standard) for axis in chart.axes]
    figure, axes = plt.subplots(figsize=(6.4, 8), dpi=_DPI, subplot_kw={"projection": "polar"})
    axes.plot([*turns, turns[0]], [*actual, actual[0]], "o-")
    axes.fill(turns, actual, alpha=0.3)
    axes.plot([*turns, turns[0]], [*standard, standard[0]], "o--")
    axes.set_xticks(turns, [axis.label for axis in chart.axes])
    axes.set_ylim(0, chart.maximum)
    axes.set_title(f"{chart.header.name} {chart.header.title} {chart.header.figure}")
    return _saved(figure)


def naive_bars(chart: Bars) -> bytes:
    """A PNG of the values as tutorials draw bars."""
    import matplotlib.pyplot as plt

    each = [bar for module in chart.modules for bar in module.bars]
    names = [bar.label for bar in each]
    figure, axes = plt.subplots(figsize=(6.4, 8), dpi=_DPI)
    axes.barh(names, [float(bar.possible) for bar in each])
    got = axes.barh(names, [float(bar.got or 0) for bar in each])
    axes.bar_label(got, [f"{bar.got}/{bar.possible}" for bar in each])
    axes.invert_yaxis()
    axes.set_title(f"{chart.header.name} {chart.header.title} {chart.header.figure}")
    return _saved(figure)


def _saved(figure: Figure) -> bytes:
    import matplotlib.pyplot as plt

    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=_DPI, bbox_inches="tight")
    plt.close(figure)
    return file.getvalue()


def _compare(make: Callable[[int], object], *ways: Callable[..., bytes]) -> list[float]:
    """Median milliseconds of each way, taking turns; the first turns warm up and do not count."""
    taken: list[list[float]] = [[] for _ in ways]
    for turn in range(2 + REPETITIONS):
        for times, way in zip(taken, ways, strict=True):
            chart = make(turn)
            begin = time.perf_counter()
            way(chart)
            times.append(1000 * (time.perf_counter() - begin))
    return [statistics.median(times[2:]) for times in taken]


def main() -> dict[str, dict[str, float]]:
    """Median milliseconds of the naive way and of ours, and their ratio, for "radar" and "bars"."""
    warm_up()
    mpl.use("Agg")
    mpl.rcParams["font.family"] = [OWN_FAMILIES[0], "DejaVu Sans"]
    ours = partial(draw, theme="light", language="zh-CN")
    medians = {"radar": _compare(radar, naive_radar, ours), "bars": _compare(bars, naive_bars, ours)}
    return {
        name: {"naive_ms": round(naive, 1), "ours_ms": round(fast, 1), "ratio": round(naive / fast, 1)}
        for name, (naive, fast) in medians.items()
    }


if __name__ == "__main__":
    for name, figures in main().items():
        sys.stdout.write(f"{name:6} {figures}\n")
