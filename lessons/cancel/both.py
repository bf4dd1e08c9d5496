"""One task cancelled by cancel(), another by a timeout: the tasks see no difference."""
import asyncio


async def long_running_task(name, duration):
    print(f"{name} starting (duration: {duration}s)")
    try:
        await asyncio.sleep(duration)
    except asyncio.CancelledError:
        print(f"{name} was cancelled")
        raise
    print(f"{name} completed")
    return f"Result from {name}"


async def cancellation_demo():
    print("=== Task Cancellation Demo ===")
    task = asyncio.create_task(long_running_task("LongTask", 5))
    await asyncio.sleep(2)
    task.cancel()
    try:
        print(f"Task result: {await task}")
    except asyncio.CancelledError:
        print("Task was successfully cancelled")


async def timeout_demo():
    print("\n=== Timeout Demo ===")
    try:
        result = await asyncio.wait_for(long_running_task("TimeoutTask", 5), 3.0)
        print(f"Task completed: {result}")
    except TimeoutError:
        print("Task timed out after 3 seconds")


async def main():
    await cancellation_demo()
    await timeout_demo()


asyncio.run(main())
