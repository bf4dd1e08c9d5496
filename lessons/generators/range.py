"""An asynchronous generator: it waits, and yields, again and again."""
import asyncio


async def async_range(start, end):
    for i in range(start, end):
        await asyncio.sleep(0.5)
        yield i


async def main():
    async for num in async_range(1, 5):
        print(num)


asyncio.run(main())
