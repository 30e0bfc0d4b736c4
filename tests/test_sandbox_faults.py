"""Faults that the sandbox injects: which calls they hit, and what the bot meets of each kind over real HTTP."""

import asyncio
from typing import Any

import pytest
from aiohttp import ClientError, ClientSession, web
from aiohttp.test_utils import TestServer
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError, TimedOut

from bot.sandbox import Sandbox
from bot.sandbox.faults import DELIVERY, FAULTS, FaultRule, Faults
from bot.transport import AiohttpRequest, Call, may_have_arrived
from tests.test_sandbox import LI, TOKEN

pytest_plugins = ["tests.http_fixtures"]
MEETS: dict[str, type[TelegramError]] = {
    "wait-short": RetryAfter,
    "wait-long": RetryAfter,
    "error": NetworkError,
    "gateway": NetworkError,
    "page": NetworkError,
    "broken": NetworkError,
    "no-result": NetworkError,
    "reset-before": TimedOut,
    "reset-after": TimedOut,
    "silence-before": TimedOut,
    "silence-after": TimedOut,
    "unauthorized": InvalidToken,
    "not-found": InvalidToken,
    "conflict": Conflict,
}


@pytest.fixture
def sandbox() -> Sandbox:
    sandbox = Sandbox(TOKEN)
    sandbox.add_user(LI, "李明")
    sandbox.start(LI)
    return sandbox


def hits(*rules: FaultRule, seed: int = 0, method: str = "sendMessage", calls: int = 1000) -> list[str]:
    """What so many calls of the method meet; empty for one that goes well."""
    faults = Faults()
    faults.inject(*rules, seed=seed)
    met = [faults.hit(method) for _ in range(calls)]
    return [fault.name if fault else "" for fault in met]


# ——— which calls


def test_a_share_of_the_calls_is_hit_by_each_of_the_kinds_and_the_same_seed_hits_the_same() -> None:
    rule = FaultRule(["error", "reset-after"], share=0.2)
    met = hits(rule, seed=3)
    assert met == hits(rule, seed=3) != hits(rule, seed=4)
    assert set(met) == {"", "error", "reset-after"}
    assert 150 < sum(map(bool, met)) < 250


def test_so_many_calls_are_hit_and_then_no_more() -> None:
    assert hits(FaultRule(["error"], times=2), FaultRule(["page"], times=1), calls=5) == [
        "error",
        "error",
        "page",
        "",
        "",
    ]


def test_every_method_is_hit_but_those_that_a_rule_has_to_name() -> None:
    for method in ("getUpdates", DELIVERY):
        assert hits(FaultRule(["error"]), method=method, calls=1) == [""]
    assert hits(FaultRule(["not-found"], "getUpdates"), method="getUpdates", calls=1) == ["not-found"]
    assert hits(FaultRule(["not-found"], "getUpdates"), method="sendMessage", calls=1) == [""]


@pytest.mark.parametrize(
    "wrong",
    [
        {"kinds": []},
        {"kinds": ["flood"]},
        {"kinds": ["again"]},
        {"kinds": ["error"], "method": DELIVERY},
        {"kinds": ["error"], "share": 0},
        {"kinds": ["error"], "share": 1.1},
        {"kinds": ["error"], "times": 0},
        {"kinds": ["late"], "seconds": -1},
    ],
)
async def test_a_rule_that_can_not_be_is_refused(sandbox: Sandbox, http: ClientSession, wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"kinds|again|share"):
        FaultRule(**wrong)
    async with http.post("/api/faults", json={"rules": [wrong]}) as response:
        assert response.status == 400
    with pytest.raises(ValueError, match="no such method: sendMesage"):
        sandbox.inject_faults(FaultRule(["error"], "sendMesage"))


# ——— what the bot meets


@pytest.mark.parametrize("kind", MEETS)
async def test_the_bot_meets_each_kind_of_fault_once_and_the_call_happened_or_not(
    sandbox: Sandbox, url: str, request_: AiohttpRequest, kind: str
) -> None:
    async def send() -> Any:
        call = Call({"chat_id": LI, "text": "你好"})
        return await request_.call(f"{url}/bot{TOKEN}/sendMessage", call, 0.2 if "silence" in kind else 5)

    sandbox.inject_faults(FaultRule([kind], "sendMessage", times=1))
    with pytest.raises(TelegramError) as caught:
        await send()
    assert type(caught.value) is MEETS[kind]
    happened = len(sandbox.chats[LI].messages) == 2
    assert happened == FAULTS[kind].happens
    assert may_have_arrived(caught.value) or not happened
    assert (await send())["text"] == "你好"


def test_every_kind_of_fault_is_tried() -> None:
    assert FAULTS.keys() - MEETS.keys() == {"late", "again"}


async def test_an_answer_comes_late(sandbox: Sandbox, url: str, request_: AiohttpRequest) -> None:
    sandbox.inject_faults(FaultRule(["late"], seconds=0.05))
    begun = asyncio.get_running_loop().time()
    assert (await request_.call(f"{url}/bot{TOKEN}/getMe", Call({})))["is_bot"]
    assert asyncio.get_running_loop().time() - begun >= 0.05


async def test_silence_ends_with_a_reset(sandbox: Sandbox, http: ClientSession) -> None:
    sandbox.inject_faults(FaultRule(["silence-before"], seconds=0.01))
    with pytest.raises(ClientError):
        await http.get(f"/bot{TOKEN}/getMe")


async def test_updates_whose_delivery_broke_come_again(sandbox: Sandbox, url: str, request_: AiohttpRequest) -> None:
    sandbox.inject_faults(FaultRule(["reset-after"], "getUpdates", times=1))
    call = Call({"offset": 1000})
    with pytest.raises(TimedOut):
        await request_.call(f"{url}/bot{TOKEN}/getUpdates", call)
    assert [update["update_id"] for update in await request_.call(f"{url}/bot{TOKEN}/getUpdates", call)] == [1000]


async def test_a_refusal_is_lost_with_its_answer_but_comes_late_as_a_refusal(
    sandbox: Sandbox, url: str, request_: AiohttpRequest
) -> None:
    sandbox.inject_faults(FaultRule(["reset-after"], times=1), FaultRule(["late"], seconds=0))
    nobody = Call({"chat_id": 404, "text": "x"})
    for error in (TimedOut, NetworkError):
        with pytest.raises(error):
            await request_.call(f"{url}/bot{TOKEN}/sendMessage", nobody)


async def test_a_delivery_to_a_webhook_is_repeated(sandbox: Sandbox, url: str) -> None:
    taken: list[int] = []
    enough = asyncio.Event()

    async def take(request: web.Request) -> web.Response:
        taken.append((await request.json())["update_id"])
        if len(taken) == 4:
            enough.set()
        return web.Response()

    hook = TestServer(web.Application())
    hook.app.router.add_post("/hook", take)
    await hook.start_server()
    sandbox.inject_faults(FaultRule(["again"], DELIVERY, times=2))
    sandbox.call(TOKEN, "setWebhook", {"url": f"http://127.0.0.1:{hook.port}/hook"})
    sandbox.say(LI, "在吗")
    async with asyncio.timeout(10):
        await enough.wait()
    await hook.close()
    assert taken == [1000, 1000, 1000, 1001]


# ——— the page


async def test_the_page_switches_faults_on_and_off_and_shows_how_many_came(
    sandbox: Sandbox, http: ClientSession
) -> None:
    async def shown() -> Any:
        async with http.get("/api/state") as response:
            return (await response.json())["faults"]

    rule = {"kinds": ["error"], "method": "getMe", "times": 2}
    async with http.post("/api/faults", json={"rules": [rule], "seed": 5}) as response:
        assert response.status == 200
    assert await shown() == {"active": True, "hits": 0}
    for status in (500, 500, 200):
        async with http.get(f"/bot{TOKEN}/getMe") as response:
            assert response.status == status
    assert await shown() == {"active": False, "hits": 2}
    async with http.post("/api/faults", json={"rules": []}) as response:
        assert response.status == 200
    assert await shown() == {"active": False, "hits": 0}
