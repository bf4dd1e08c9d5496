"""Each result or error as it comes: one failure does not end the loop."""
import asyncio


async def risky_operation(number):
    await asyncio.sleep(0.5 - 0.1 * number)
    if number % 2:
        raise ValueError(f"operation {number} failed")
    return number


async def robust_function():
    tasks = [asyncio.create_task(risky_operation(i)) for i in range(5)]

    results = []
    for completed in asyncio.as_completed(tasks):
        try:
            results.append(await completed)
        except Exception as error:
            print(f"Task failed: {error}")
            results.append(None)
    return results


async def main():
    print(f"# results: {await robust_function()}")


asyncio.run(main())
