import asyncio


async def nap():
    await asyncio.sleep(9)


async def wakeful():
    try:
        await asyncio.sleep(9)
    except asyncio.CancelledError:
        print("no: 1")
    await asyncio.sleep(0.5)


async def follower(task):
    await task


async def gatherer():
    await asyncio.gather(asyncio.create_task(nap()), asyncio.create_task(nap()))


async def quitter():
    asyncio.current_task().cancel("by myself")
    await asyncio.create_task(nap())


async def ended(task):
    try:
        await task
        print("done")
    except asyncio.CancelledError:
        print("cancelled")


async def main():
    one, two = asyncio.create_task(nap()), asyncio.create_task(nap())
    stubborn = asyncio.create_task(wakeful())
    one.cancel()
    await asyncio.sleep(0)
    two.cancel("enough")
    stubborn.cancel()
    stubborn.cancel()
    await ended(one)
    await ended(two)
    await ended(stubborn)
    stubborn.cancel()

    first = asyncio.create_task(nap())
    second = asyncio.create_task(follower(first))
    last = asyncio.create_task(follower(second))
    gathering = asyncio.create_task(gatherer())
    await asyncio.sleep(1)
    last.cancel()
    gathering.cancel()
    await ended(last)
    await ended(gathering)
    await ended(asyncio.create_task(quitter()))

    left = [asyncio.create_task(wakeful()), asyncio.create_task(nap())]
    await asyncio.sleep(0.25)
    print("end")


asyncio.run(main())
