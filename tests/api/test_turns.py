"""Heavy questions take turns: some at a time, the others wait, and each gets its answer."""

import asyncio
import threading

from api.turns import AT_A_TIME, in_turn


def test_only_some_questions_are_worked_on_at_a_time():
    together = threading.Barrier(AT_A_TIME, timeout=300)
    lock, running = threading.Lock(), [0]
    most = [0]

    def work(number):
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
        together.wait()
        with lock:
            running[0] -= 1
        return number

    async def ask():
        return await asyncio.gather(
            *(in_turn(lambda number=number: work(number)) for number in range(4 * AT_A_TIME))
        )

    assert asyncio.run(ask()) == list(range(4 * AT_A_TIME))
    assert most == [AT_A_TIME]
