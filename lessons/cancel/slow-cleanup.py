"""Between cancel() and the end of the task lies its cleanup, which may wait."""
import asyncio


async def long_running_operation():
    await asyncio.sleep(10)


async def cleanup_resources():
    await asyncio.sleep(0.5)


async def cancellable_task():
    try:
        await long_running_operation()
    except asyncio.CancelledError:
        await cleanup_resources()
        raise


async def main():
    task = asyncio.create_task(cancellable_task())
    await asyncio.sleep(1)
    task.cancel()
    print(f"# after cancel(), done: {task.done()}")
    try:
        await task
    except asyncio.CancelledError:
        print(f"# after await, done: {task.done()}")


asyncio.run(main())
