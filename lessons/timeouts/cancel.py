"""Cancelling by hand: a cancellation is an exception that comes out of a wait."""
import asyncio


async def long_running_task():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print("Task was cancelled!")
        raise  # or the caller would think all was well
    return "Task completed"


async def main():
    task = asyncio.create_task(long_running_task())
    await asyncio.sleep(2)
    task.cancel()  # only asks; the task hears of it in its next turn
    try:
        await task
    except asyncio.CancelledError:
        print("Main: task was cancelled")


asyncio.run(main())
