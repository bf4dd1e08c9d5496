"""Limits and cancellations of threads that sleep: the threads go on."""
import asyncio
import time


def naps(name, times, seconds):
    for i in range(times):
        print(f"{name} {i}")
        time.sleep(seconds)
    print(f"{name} ends")
    return times


async def in_thread(name, times, seconds):
    return await asyncio.to_thread(naps, name, times, seconds)


async def main():
    try:
        await asyncio.wait_for(asyncio.to_thread(naps, "a", 2, 0.57), 0.3)
    except TimeoutError:
        print("too late")
    print(await asyncio.wait_for(asyncio.to_thread(naps, "b", 2, 0.1), 1))

    try:
        async with asyncio.timeout(0.2):
            await asyncio.to_thread(naps, "c", 1, 0.35)
    except TimeoutError:
        print("too late again")

    task = asyncio.create_task(in_thread("d", 3, 0.4))
    await asyncio.sleep(0.1)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("cancelled")
    print("main ends")


asyncio.run(main())
print("over")
