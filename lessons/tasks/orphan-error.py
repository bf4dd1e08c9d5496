"""A task fails while nothing waits for it."""
import asyncio


async def save_log():
    await asyncio.sleep(1)
    raise OSError("disk full")


async def main():
    task = asyncio.create_task(save_log())
    await asyncio.sleep(2)
    print(f"all is well, the task is done: {task.done()}")


asyncio.run(main())
