"""Debug mode reports turns and callbacks that block the loop, and no thread that sleeps."""
import asyncio
import time


def blocking():
    time.sleep(1)
    print("slept in a thread")


def callback():
    time.sleep(0.25)
    print("callback")


async def block(seconds):
    time.sleep(seconds)
    await asyncio.sleep(0.1)
    time.sleep(seconds)


async def fail():
    time.sleep(0.1)
    raise ValueError("slow")


async def main():
    loop = asyncio.get_running_loop()
    await asyncio.create_task(block(0.15), name="blocks")
    loop.call_soon(callback)
    await asyncio.to_thread(blocking)
    try:
        await asyncio.create_task(fail())
    except ValueError as error:
        print(error)

    loop.slow_callback_duration = 0.2
    await asyncio.create_task(block(0.15), name="blocks")
    time.sleep(0.2)


asyncio.run(main(), debug=True)
