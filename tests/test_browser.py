"""`make run` as a person meets it: the real program, a real browser on a phone's screen, a whole review by clicking."""

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp.test_utils import unused_port
from playwright.async_api import Locator, Page, async_playwright

from tests.driver import ASSESSOR, EMPLOYEE, sqlite_url
from tests.phone import picture

ROOT = Path(__file__).resolve().parents[1]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
NEXT_SCREEN = """([before]) => {
    const last = [...document.querySelectorAll('[data-testid=message]')].at(-1);
    return last && last.querySelector('[data-testid=button]') && last.innerText !== before;
}"""


@asynccontextmanager
async def sandbox(directory: Path) -> AsyncIterator[str]:
    """`python -m bot sandbox` in an empty directory; its address."""
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": sqlite_url(directory),
        "PORT": str(unused_port()),
    }
    with (directory / "stderr.txt").open("wb") as log:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "sandbox", cwd=directory, env=environment, stdout=-1, stderr=log
        )
    assert process.stdout
    try:
        async with asyncio.timeout(30):
            line = (await process.stdout.readline()).decode()
        found = re.search(r"http://\S+?:\d+", line)
        assert found, line + (directory / "stderr.txt").read_text(encoding="utf-8")
        yield found[0]
    finally:
        process.terminate()
        async with asyncio.timeout(20):
            await process.communicate()
    assert process.returncode == 0
    assert "Traceback" not in (directory / "stderr.txt").read_text(encoding="utf-8")


@asynccontextmanager
async def phone(chromium_path: str, address: str, problems: list[str]) -> AsyncIterator[Page]:
    """The chat page on a screen of 390 × 844; what its console complains about goes to `problems`."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium_path, args=FLAGS)
        page = await browser.new_page(viewport={"width": 390, "height": 844})
        page.on("console", lambda message: problems.append(message.text) if message.type != "info" else None)
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.set_default_timeout(15_000)
        await page.goto(f"{address}/?user={ASSESSOR}")
        yield page
        await browser.close()


def last(page: Page) -> Locator:
    """The newest message."""
    return page.get_by_test_id("message").last


async def read(page: Page, words: str) -> None:
    """Wait until a message says so."""
    await page.get_by_test_id("message").filter(has_text=words).last.wait_for()


async def labels(page: Page) -> list[str]:
    """The labels under the newest message."""
    return await last(page).get_by_test_id("button").all_inner_texts()


async def press(page: Page, label: str) -> None:
    """Press the first button under the newest message whose label contains `label`, and wait for the next screen."""
    before = await last(page).inner_text()
    await last(page).get_by_test_id("button").filter(has_text=label).first.click()
    await page.wait_for_function(NEXT_SCREEN, arg=[before])


async def say(page: Page, text: str) -> None:
    """Type a message, send it, and wait for the bot's next screen."""
    before = await last(page).inner_text()
    await page.get_by_test_id("input").fill(text)
    await page.get_by_test_id("send").click()
    await page.wait_for_function(NEXT_SCREEN, arg=[before])


async def rate_the_rest(page: Page) -> None:
    """All met, the suggested rating, the exams' scores in one line each."""
    while not any("提交评审" in label for label in await labels(page)):
        shown = await labels(page)
        if any("这一科没考" in label for label in shown):
            asked = re.search(r"一次发齐 (\d+) 个", await last(page).inner_text())
            await say(page, " ".join(["88"] * int(asked[1] if asked else 1)))
        else:
            wanted = ("本要素全部达到", "✅ 达到", "★")
            await press(page, next(label for label in wanted if any(label in each for each in shown)))


async def chart_is_loaded(page: Page) -> bool:
    """Whether the newest message is a chart that the browser really shows."""
    image = last(page).get_by_test_id("photo").locator("img")
    await image.wait_for()
    width = await image.evaluate("image => image.decode().then(() => image.naturalWidth)")
    return bool(width == 1024)


@pytest.mark.browser
async def test_a_whole_review_in_the_browser(tmp_path: Path, chromium_path: str) -> None:
    problems: list[str] = []
    async with sandbox(tmp_path) as address, phone(chromium_path, address, problems) as page:
        await page.get_by_test_id("start").click()
        await read(page, "你有 3 份评审待完成")
        await press(page, "3级")
        await say(page, "主持过三次回访")
        assert "已记下" in await last(page).inner_text()
        for label in ("✅ 达到", "◐ 部分", "✅ 达到", "❌ 未达到"):
            await press(page, label)
        assert "建议评分：" in await last(page).inner_text()
        await press(page, "★")
        await press(page, "本要素全部达到")
        await press(page, "4 基本达标")
        assert "请用一句话说明原因。" in await last(page).inner_text()
        await say(page, "上半年有两次情绪失控")
        await rate_the_rest(page)
        assert "2. 抗挫能力  4 基本达标" in (await last(page).inner_text()).replace("\u00a0", " ")
        await press(page, "提交评审")
        await read(page, "评审已提交，谢谢！")
        await read(page, "陈晨的评估已完成。")
        assert "16/18 达标" in (await last(page).inner_text()).replace("\u00a0", " ")
        assert await chart_is_loaded(page)

        await page.get_by_test_id("people-open").click()
        await page.get_by_test_id(f"user-{EMPLOYEE}").click()
        await page.get_by_test_id("start").click()
        await read(page, "你好，陈晨！")
        await say(page, "/result")
        await read(page, "的评估结果")
        assert await chart_is_loaded(page)
        await press(page, "每个数字")
        await read(page, "陈晨 · 结果说明（1/")
        await press(page, "下一页")
        await read(page, "上半年有两次情绪失控")
    assert problems == []


@pytest.mark.browser
async def test_a_note_is_edited_and_evidence_opened_and_taken_back_in_the_browser(
    tmp_path: Path, chromium_path: str
) -> None:
    problems: list[str] = []
    picture_file = tmp_path / "现场.png"
    picture_file.write_bytes(picture())
    async with sandbox(tmp_path) as address, phone(chromium_path, address, problems) as page:
        await page.get_by_test_id("start").click()
        await read(page, "你有 3 份评审待完成")
        await press(page, "3级")
        await say(page, "主持过三次回访")
        mine = page.get_by_test_id("message").filter(has_text="主持过三次回访").last
        await mine.get_by_test_id("message-menu").click()
        await page.get_by_role("menuitem", name="修改").click()
        await page.get_by_test_id("input").fill("主持过四次回访")
        await page.get_by_test_id("send").click()
        await read(page, "下的内容已改成新的")
        await page.get_by_test_id("file").evaluate("input => { input.dataset.kind = 'photo'; }")
        await page.get_by_test_id("file").set_input_files(picture_file)
        await read(page, "备注与证据 2 份")
        await press(page, "查看（2）")
        assert "主持过四次回访 （已修改）" in (await last(page).inner_text()).replace("\u00a0", " ")
        await last(page).get_by_test_id("button").filter(has_text="2 🖼").click()
        await last(page).get_by_test_id("photo").wait_for()
        await press(page, "返回")
        await press(page, "撤回")
        await press(page, "确认撤回")
        assert "（1）" in await last(page).inner_text()
    assert problems == []
