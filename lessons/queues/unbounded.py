"""A fast producer and a slow consumer: a queue without a limit, then one with it."""
import asyncio


async def producer(queue):
    for item in range(9):
        await asyncio.sleep(0.1)
        await queue.put(item)
        print(f"put {item}: {queue.qsize()} in the queue")


async def consumer(queue):
    while True:
        await queue.get()
        await asyncio.sleep(0.3)


async def demo(maxsize):
    print(f"--- maxsize {maxsize} ---")
    queue = asyncio.Queue(maxsize)
    consuming = asyncio.create_task(consumer(queue))
    await producer(queue)
    consuming.cancel()


async def main():
    await demo(0)
    await demo(2)


asyncio.run(main())
