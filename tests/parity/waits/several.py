import asyncio


async def work(seconds, result):
    await asyncio.sleep(seconds)
    return result


async def setter(future):
    await asyncio.sleep(0.5)
    future.set_result(7)


async def is_late(limit, awaitable):
    try:
        async with asyncio.timeout(limit):
            await awaitable
    except TimeoutError:
        return 1
    return 0


async def limited():
    slow = asyncio.create_task(work(5, 3))
    try:
        await asyncio.wait_for(asyncio.shield(slow), 0.5)
    except TimeoutError:
        print("shielded: 1")
    print("within:", await is_late(1, asyncio.shield(slow)))
    try:
        async with asyncio.timeout(10):
            async with asyncio.timeout(2):
                await work(3, 1)
    except TimeoutError:
        print("nested: 1")
    print("unlimited:", await asyncio.wait_for(asyncio.create_task(work(1, 5)), None))
    try:
        await asyncio.wait_for(work(1, 5), 0)
    except TimeoutError:
        print("at once: 1")
    return await slow


async def several():
    tasks = [asyncio.create_task(work(1, 1)), asyncio.create_task(work(2, 2))]
    done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    print("first:", len(done))
    done, _ = await asyncio.wait(tasks, timeout=0.5)
    print("late:", len(done))
    done, _ = await asyncio.wait(tasks)
    print("all:", len(done))

    tasks = [asyncio.create_task(work(2, 2)), asyncio.create_task(work(1, 1))]
    for each in asyncio.as_completed(tasks, timeout=1.5):
        try:
            await each
            print("in time")
        except TimeoutError:
            print("over")


async def main():
    future = asyncio.get_running_loop().create_future()
    setting = asyncio.create_task(setter(future))
    print("future:", await future)
    await setting

    await several()
    print("limited:", await limited())


asyncio.run(main())
