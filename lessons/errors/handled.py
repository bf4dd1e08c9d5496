"""The error is handled in the middle: the caller of might_fail does not see it."""
import asyncio


async def risky_operation():
    await asyncio.sleep(1)
    raise Exception("the disk is full")


async def might_fail():
    try:
        await risky_operation()
    except Exception as error:
        print(f"Caught an exception: {error}")


async def main():
    await might_fail()
    print("# main continues")


asyncio.run(main())
