"""Which prints first: the tasks, or main, which created them?"""
import asyncio


async def say_after(delay, message):
    await asyncio.sleep(delay)
    print(message)


async def main():
    hello = asyncio.create_task(say_after(1, "Hello"))
    world = asyncio.create_task(say_after(2, "World"))

    # Neither task has run yet: main has not waited so far.
    print("Tasks created")

    await hello
    await world
    print("All done")


asyncio.run(main())
