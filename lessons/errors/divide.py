"""A task divides by zero: gather raises that, or gives it back."""
import asyncio


async def nap(delay):
    await asyncio.sleep(delay)


async def divide():
    await asyncio.sleep(0.5)
    return 1 / 0


async def main():
    try:
        await asyncio.gather(nap(1), nap(2), divide())
    except ZeroDivisionError:
        print("A task raised a ZeroDivisionError")

    results = await asyncio.gather(nap(1), nap(2), divide(),
                                   return_exceptions=True)
    for i, result in enumerate(results):
        if isinstance(result, Exception):
            print(f"Task {i} raised {result}")
        else:
            print(f"Task {i} returned {result}")


asyncio.run(main())
