import asyncio
import contextlib


async def count(to):
    for i in range(to):
        await asyncio.sleep(0.5)
        yield i


async def opened():
    await asyncio.sleep(0.25)
    how = ""
    try:
        yield 5
    except GeneratorExit:
        how = "early"
        raise
    finally:
        await asyncio.sleep(0.25)
        print("closed", how)


async def work():
    await asyncio.sleep(1)


async def main():
    global left
    async for i in count(3):
        print(i)

    async with contextlib.asynccontextmanager(opened)():
        await work()

    left = opened()
    print(await anext(left))


asyncio.run(main())
