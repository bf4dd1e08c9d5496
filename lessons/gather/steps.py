"""Two steps, called in a row and then gathered."""
import asyncio


async def step1():
    print("Step 1: Starting")
    await asyncio.sleep(1)
    print("Step 1: Done")
    return "Result 1"


async def step2():
    print("Step 2: Starting")
    await asyncio.sleep(1)
    print("Step 2: Done")
    return "Result 2"


async def main():
    # 1 s and 1 s: the second step begins when the first has ended.
    first = await step1()
    second = await step2()
    print(f"Sequential: {first}, {second}")

    # 1 s for both.
    both = await asyncio.gather(step1(), step2())
    print(f"Concurrent: {both[0]}, {both[1]}")


asyncio.run(main())
