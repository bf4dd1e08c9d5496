"""The eight steps of the event loop with two tasks, in the order in which they come."""
import asyncio


async def task_a():
    print("1. Task A starts")
    print("2. Task A awaits: it is suspended")
    await asyncio.sleep(1)
    print("5. Task A's wait is over: it resumes")
    print("6. Task A finishes")


async def task_b():
    print("3. Task B starts")
    print("4. Task B awaits: it is suspended")
    await asyncio.sleep(2)
    print("7. Task B's wait is over: it resumes")
    print("8. Task B finishes: all done")


async def main():
    a = asyncio.create_task(task_a())
    b = asyncio.create_task(task_b())
    await asyncio.gather(a, b)


asyncio.run(main())
