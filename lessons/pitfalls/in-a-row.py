"""Two fetches that do not need each other: in a row, and at once."""
import asyncio


async def fetch1():
    await asyncio.sleep(1)
    return "one"


async def fetch2():
    await asyncio.sleep(1)
    return "two"


async def slow():
    result1 = await fetch1()
    result2 = await fetch2()
    return [result1, result2]


async def fast():
    return await asyncio.gather(fetch1(), fetch2())


async def main():
    print("# slow:", await slow())
    print("# fast:", await fast())


asyncio.run(main())
