"""/admin → 标准 → 本单位的设置: which version holds, what is set beside it, and from when."""

from datetime import timedelta

from qualify.services import standard_settings
from tests.company import OPERATOR, SCALE
from tests.driver import Bot
from tests.phone import Phone

pytest_plugins = ["tests.bot_fixtures"]


async def test_the_standards_are_shown_with_the_settings_in_force_and_to_come(bot: Bot, admin: Phone) -> None:
    today = bot.context.today()
    for since, text in ((today, 'targets: {writing: {"3": 4}}'), (today + timedelta(days=9), "untaken: 1")):
        standard_settings.keep(bot.context, OPERATOR, SCALE, f"from: {since}\n{text}", "own.yaml")
    await admin.press("📘 标准")
    await admin.press("本单位的设置")
    assert admin.last.split("\n\n") == [
        "📐 本单位的设置",
        "客户经理能力素质模型 · 第 2 版\n"
        "第 1 号设置 · 2026-11-22 起，现行 · 命令行（tests）\n"
        "· 书面表达能力 · 3级（中级）：标准 5 分 → 4 分\n"
        "第 2 号设置 · 2026-12-01 起用，还没到 · 命令行（tests）\n"
        "· 一科都没考，评为：0 分 → 1 分",
        "服务经理任职资格标准 · 第 2 版\n没有单位设置，照发布的标准。",
        "设置在命令行用 standards settings set 更改；已开启的评估不受影响。",
    ]
