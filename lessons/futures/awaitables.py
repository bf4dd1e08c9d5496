"""Three things to await: a coroutine, a task, a future."""
import asyncio


async def nested():
    return 42


async def main1():
    """A coroutine: a call."""
    print(await nested())


async def main2():
    """A task: the same coroutine, run by the loop."""
    task = asyncio.create_task(nested())
    print(await task)


def set_result(future):
    """A callback of the loop, which sets the result of a future."""
    future.set_result("Future result")


async def main3():
    """A future: a result that other code sets."""
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    loop.call_soon(set_result, future)
    print(await future)


asyncio.run(main1())
asyncio.run(main2())
asyncio.run(main3())
