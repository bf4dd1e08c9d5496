"""A consumer that nobody tells that the work is done."""
import asyncio


async def producer(queue):
    for item in range(3):
        await queue.put(item)
    print("all items are in the queue")


async def consumer(queue):
    while True:
        print(f"consumed {await queue.get()}")


async def main():
    queue = asyncio.Queue()
    await asyncio.gather(producer(queue), consumer(queue))


asyncio.run(main())
