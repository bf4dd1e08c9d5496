"""A coroutine awaits another one and uses its result."""
import asyncio


async def task1():
    return "Task 1"


async def task2():
    result = await task1()
    return f"Task 2 got: {result}"


print("#", asyncio.run(task2()))
