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


async def main3():
    """A future: a result that other code sets, here a callback of the loop."""
    loop = asyncio.get_running_loop()
    future = loop.create_future()
    loop.call_soon(future.set_result, "Future result")
    print(await future)


asyncio.run(main1())
asyncio.run(main2())
asyncio.run(main3())
