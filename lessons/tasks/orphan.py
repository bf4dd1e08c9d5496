"""A task that nothing waits for, and a main that ends before it."""
import asyncio


async def save_log():
    print("saving")
    await asyncio.sleep(2)
    print("saved")


async def main():
    asyncio.create_task(save_log())
    await asyncio.sleep(1)
    print("main ends")


asyncio.run(main())
