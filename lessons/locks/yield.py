"""Ten tasks count to one: sleep(0) is a wait, too."""
import asyncio

counter = 0


async def add_one():
    global counter

    before = counter
    await asyncio.sleep(0)
    counter = before + 1


async def main():
    tasks = [add_one() for _ in range(10)]
    await asyncio.gather(*tasks)
    print(f"counted to {counter}")


asyncio.run(main())
