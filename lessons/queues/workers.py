"""Wait until all work is done, then cancel the consumers that still wait."""
import asyncio
import random

ITEMS, PRODUCERS, CONSUMERS = 5, 2, 3


async def producer(queue, me):
    for number in range(ITEMS):
        item = f"Item-{me}-{number}"
        await queue.put(item)
        print(f"Producer {me} produced: {item}")
        await asyncio.sleep(random.uniform(0.1, 0.5))
    await queue.put(None)  # "I am done"


async def consumer(queue, me):
    while (item := await queue.get()) is not None:
        print(f"Consumer {me} consuming: {item}")
        await asyncio.sleep(random.uniform(0.2, 0.6))
        queue.task_done()
    queue.task_done()  # sentinels count as well


async def main():
    queue = asyncio.Queue()
    producers = [asyncio.create_task(producer(queue, i)) for i in range(PRODUCERS)]
    consumers = [asyncio.create_task(consumer(queue, i)) for i in range(CONSUMERS)]

    await asyncio.gather(*producers)
    await queue.join()  # until task_done was called for every item

    for task in consumers:
        task.cancel()


asyncio.run(main())
