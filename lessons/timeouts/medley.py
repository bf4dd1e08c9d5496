"""A timeout, ten tasks in the order in which they end, and three that wait for an
event: one program, one section after the other.
"""
import asyncio
import random


async def long_operation():
    await asyncio.sleep(10)
    return "Completed"


async def with_timeout():
    try:
        return await asyncio.wait_for(long_operation(), 2)
    except TimeoutError:
        return "Operation timed out"


async def random_delay_task(me):
    delay = random.uniform(0.5, 3)
    await asyncio.sleep(delay)
    return f"Task {me} completed in {delay:.2f}s"


async def first_to_complete():
    tasks = [random_delay_task(i) for i in range(10)]
    for completed in asyncio.as_completed(tasks):
        print(await completed)


async def wait_for_event(event, me):
    print(f"Task {me} is waiting for the event")
    await event.wait()
    print(f"Task {me} was triggered by event")


async def trigger_event(event):
    await asyncio.sleep(2)
    print("Triggering the event")
    event.set()


async def event_example():
    event = asyncio.Event()
    await asyncio.gather(trigger_event(event), wait_for_event(event, 0),
                         wait_for_event(event, 1), wait_for_event(event, 2))


async def main():
    print(f"Timeout result: {await with_timeout()}")
    print("Running first-to-complete example:")
    await first_to_complete()
    print("Running event example:")
    await event_example()


asyncio.run(main())
