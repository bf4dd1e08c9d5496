"""A task of one second, beside ten seconds that block and ten seconds of waiting."""
import asyncio
import time


async def other():
    await asyncio.sleep(1)
    print("# the other task is done")


async def bad():
    time.sleep(10)


async def good():
    await asyncio.sleep(10)


async def main():
    print("# bad")
    await asyncio.gather(other(), bad())
    print("# good")
    await asyncio.gather(other(), good())


asyncio.run(main())
