"""One task fails at once; its error is collected with the results of the others."""
import asyncio


async def task(n):
    if n == 2:
        raise ValueError(f"Task {n} failed!")
    await asyncio.sleep(1)
    return n


async def main():
    results = await asyncio.gather(task(1), task(2), task(3), return_exceptions=True)

    for i, result in enumerate(results):
        if isinstance(result, Exception):
            print(f"Task {i} failed: {result}")
        else:
            print(f"Task {i} succeeded: {result}")


asyncio.run(main())
