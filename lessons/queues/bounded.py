"""A queue of at most three items, two producers, three consumers, and an end that does
not always come: a consumer that gets a sentinel puts it back for the next consumer, so
the first producer that is done ends all consumers.
"""
import asyncio
import random

ITEMS, PRODUCERS, CONSUMERS = 5, 2, 3


async def producer(queue, me):
    for number in range(1, ITEMS + 1):
        await asyncio.sleep(random.uniform(0.1, 0.3))
        await queue.put(f"Item-{number}-from-Producer-{me}")  # waits while it is full
        print(f"Producer {me} produced: Item-{number}")
    await queue.put(None)  # "I am done"


async def consumer(queue, me):
    while (item := await queue.get()) is not None:
        print(f"Consumer {me} processing: {item}")
        await asyncio.sleep(random.uniform(0.2, 0.4))
        queue.task_done()
    await queue.put(None)  # the flaw: the other producer may still be producing


async def main():
    print("=== Async Queue Demo ===")
    queue = asyncio.Queue(maxsize=3)
    tasks = [asyncio.create_task(producer(queue, i)) for i in range(PRODUCERS)]
    tasks += [asyncio.create_task(consumer(queue, i)) for i in range(CONSUMERS)]
    await asyncio.gather(*tasks)
    print("All producers and consumers finished")


asyncio.run(main())
