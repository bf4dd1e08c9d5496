"""Two operations in a row; in the bad example the first await is missing."""
import asyncio


async def async_operation1():
    await asyncio.sleep(1)
    return 1


async def async_operation2(x):
    await asyncio.sleep(1)
    return x + 1


async def good_example():
    result1 = await async_operation1()
    return await async_operation2(result1)


async def bad_example():
    result1 = async_operation1()  # no await
    return await async_operation2(result1)


async def main():
    print("# good:", await good_example())

    try:
        await bad_example()
    except TypeError as error:
        print("# bad:", error)


asyncio.run(main())
