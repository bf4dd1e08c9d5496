"""A task's result, and a future whose result another task sets."""
import asyncio


async def fetch_data(delay, value):
    await asyncio.sleep(delay)
    return f"Data {value}"


async def set_future_result(future, value):
    await asyncio.sleep(1)
    future.set_result(value)


async def main():
    task = asyncio.create_task(fetch_data(2, "X"))
    print("Task created")
    print("Doing other work...")
    print(f"Task result: {await task}")

    future = asyncio.Future()
    asyncio.create_task(set_future_result(future, "Future value"))
    print(f"Future result: {await future}")


asyncio.run(main())
