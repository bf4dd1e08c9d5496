"""A task without an end: only a cancellation stops it."""
import asyncio


async def cancellable_task():
    try:
        while True:
            await asyncio.sleep(1)
            print("Working...")
    except asyncio.CancelledError:
        print("Task cancelled, cleaning up...")
        raise


async def main():
    task = asyncio.create_task(cancellable_task())
    await asyncio.sleep(3.5)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print(f"# the task is cancelled: {task.cancelled()}")


asyncio.run(main())
