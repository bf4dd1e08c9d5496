"""Comprehensions: a list of squares at once, and a generator of squares."""
import asyncio


async def async_square(x):
    await asyncio.sleep(0.1)
    return x * x


async def async_range(n):
    for i in range(n):
        await asyncio.sleep(0.1)
        yield i


async def main():
    squares = [await async_square(x) async for x in async_range(5)]
    print(squares)

    gen = (await async_square(x) async for x in async_range(5))
    async for value in gen:
        print(value)


asyncio.run(main())
