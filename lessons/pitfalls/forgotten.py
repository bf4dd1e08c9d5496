"""A function that forgets to await, and one that does not."""
import asyncio
import re


async def async_function():
    await asyncio.sleep(1)
    return "result"


async def wrong_way():
    result = async_function()  # no await
    return result


async def correct_way():
    result = await async_function()
    return result


async def main():
    wrong = await wrong_way()
    print("# wrong:", re.sub("0x[0-9a-f]+", "0x...", repr(wrong)))
    del wrong

    print("# correct:", await correct_way())


asyncio.run(main())
