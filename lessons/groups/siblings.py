"""One of two tasks of a group fails; the group cancels the other."""
import asyncio


async def failing():
    await asyncio.sleep(0.5)
    raise ValueError("failed at half a second")


async def regular():
    try:
        await asyncio.sleep(2)
    except asyncio.CancelledError:
        print("regular: cancelled")
        raise
    print("regular: done")


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(failing())
            group.create_task(regular())
    except ExceptionGroup as error:
        print(f"main: {error}")

    await asyncio.sleep(3)
    print("main: done")


asyncio.run(main())
