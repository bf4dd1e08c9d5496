"""One producer, one consumer, and an item that means that no more will come."""
import asyncio


async def producer(queue, n):
    for number in range(n):
        await asyncio.sleep(0.1)
        await queue.put(number)
        print(f"Produced: {number}")
    await queue.put(None)  # the sentinel


async def consumer(queue):
    while (item := await queue.get()) is not None:
        await asyncio.sleep(0.2)
        print(f"Consumed: {item}")


async def main():
    queue = asyncio.Queue()  # without a limit
    await asyncio.gather(producer(queue, 5), consumer(queue))


asyncio.run(main())
