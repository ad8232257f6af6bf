"""CPU for each message sent: our transport against the library's own, the rest of the library being the same.

One JSON line for each transport and concurrency, then one line with the ratios.
"""

import asyncio
import json
import time
from collections.abc import Callable
from statistics import median

from telegram import Bot
from telegram.request import BaseRequest, HTTPXRequest

from benchmarks.far_end import TOKEN, prompt_server
from bot.telegram.transport import AiohttpRequest

CONCURRENCIES = (1, 8, 30)
MESSAGES = 1_500  #: In each round.
ROUNDS = 5  #: Taken in turn by both, so that a busy machine burdens both; the median counts.
WORDS = "Bà con bản Hon chú ý: chiều nay 14 giờ trạm y tế xã lấy mẫu tại nhà văn hóa, xin mang theo khẩu trang."
TRANSPORTS: dict[str, Callable[[], BaseRequest]] = {
    "tocovid over aiohttp": lambda: AiohttpRequest(connections=40),
    "python-telegram-bot over httpx": lambda: HTTPXRequest(connection_pool_size=40),
}


async def cpu_of_round(request: BaseRequest, url: str, concurrency: int) -> tuple[float, float]:
    """Microseconds of this process's CPU for each message, and messages a second."""
    bot = Bot(TOKEN, base_url=f"{url}/bot", request=request)
    left = iter(range(MESSAGES))

    async def send_until_done() -> None:
        for _ in left:
            await bot.send_message(-7, WORDS)

    async with request:
        await asyncio.gather(*[bot.send_message(-7, WORDS) for _ in range(concurrency)])  # opens the connections
        cpu, clock = time.process_time(), time.perf_counter()
        await asyncio.gather(*[send_until_done() for _ in range(concurrency)])
        cpu, clock = time.process_time() - cpu, time.perf_counter() - clock
    return cpu / MESSAGES * 1e6, MESSAGES / clock


def main() -> None:
    """Measure and print."""
    with prompt_server() as url:
        for concurrency in CONCURRENCIES:
            rounds: dict[str, list[tuple[float, float]]] = {name: [] for name in TRANSPORTS}
            for _ in range(ROUNDS):
                for name, make in TRANSPORTS.items():
                    rounds[name].append(asyncio.run(cpu_of_round(make(), url, concurrency)))
            report(concurrency, rounds)


def report(concurrency: int, rounds: dict[str, list[tuple[float, float]]]) -> None:
    """Print what each transport cost, and how much less ours did."""
    costs = {name: median(cost for cost, _ in measured) for name, measured in rounds.items()}
    for name, measured in rounds.items():
        line = {
            "bench": "sending",
            "who": name,
            "concurrency": concurrency,
            "cpu_us_per_message": round(costs[name], 1),
            "messages_per_second": round(median(pace for _, pace in measured)),
        }
        print(json.dumps(line), flush=True)
    ours, peer = costs.values()
    print(
        json.dumps({"bench": "sending", "concurrency": concurrency, "times_less_cpu": round(peer / ours, 2)}),
        flush=True,
    )


if __name__ == "__main__":
    main()
