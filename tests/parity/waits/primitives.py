import asyncio


async def visitor(number):
    async with lock:
        await asyncio.sleep(0.1)
    async with semaphore:
        await asyncio.sleep(0.1)
    await event.wait()
    async with condition:
        await condition.wait()
    await barrier.wait()
    await queue.get()
    await asyncio.sleep(0)
    queue.task_done()
    print(f"visitor {number}")


async def main():
    global lock, semaphore, event, condition, barrier, queue
    lock, event, condition = asyncio.Lock(), asyncio.Event(), asyncio.Condition()
    semaphore, barrier, queue = asyncio.Semaphore(1), asyncio.Barrier(4), asyncio.Queue(1)

    visitors = [asyncio.create_task(visitor(i)) for i in range(3)]
    await asyncio.sleep(1)
    event.set()
    await asyncio.sleep(1)
    async with condition:
        condition.notify_all()
    await barrier.wait()
    for _ in range(3):
        await queue.put(None)
    await queue.join()
    await asyncio.gather(*visitors)


asyncio.run(main())
