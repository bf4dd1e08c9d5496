"""Two sums computed at once, and their results taken later."""
import asyncio


async def calculate(x, y):
    await asyncio.sleep(1)
    return x + y


async def main():
    task1 = asyncio.create_task(calculate(5, 3))
    task2 = asyncio.create_task(calculate(10, 20))

    result1 = await task1
    result2 = await task2
    print(f"Results: {result1}, {result2}")


asyncio.run(main())
