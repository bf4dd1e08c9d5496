"""cancel(): a cancellation is an exception that a wait raises."""
import asyncio


async def long_running_task():
    try:
        await asyncio.sleep(10)
    except asyncio.CancelledError:
        print("Task was cancelled!")
        raise  # or the caller would take it for success
    return "Task completed"


async def main():
    task = asyncio.create_task(long_running_task())
    await asyncio.sleep(2)
    task.cancel()  # a request: the task is not done yet
    try:
        await task
    except asyncio.CancelledError:
        print("Main: task was cancelled")


asyncio.run(main())
