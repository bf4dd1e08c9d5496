"""The same queue of at most three items, ended by the task that knows when: main waits
for all producers, and then puts one sentinel for each consumer.
"""
import asyncio
import random

ITEMS, PRODUCERS, CONSUMERS = 5, 2, 3


async def producer(queue, me):
    for number in range(1, ITEMS + 1):
        await asyncio.sleep(random.uniform(0.1, 0.3))
        await queue.put(f"Item-{number}-from-Producer-{me}")
        print(f"Producer {me} produced: Item-{number}")


async def consumer(queue, me):
    while (item := await queue.get()) is not None:
        print(f"Consumer {me} processing: {item}")
        await asyncio.sleep(random.uniform(0.2, 0.4))
        queue.task_done()


async def main():
    print("=== Async Queue Demo ===")
    queue = asyncio.Queue(maxsize=3)
    producers = [asyncio.create_task(producer(queue, i)) for i in range(PRODUCERS)]
    consumers = [asyncio.create_task(consumer(queue, i)) for i in range(CONSUMERS)]

    await asyncio.gather(*producers)
    for _ in consumers:
        await queue.put(None)  # behind the last item: none is lost
    await asyncio.gather(*consumers)

    print("All producers and consumers finished")


asyncio.run(main())
