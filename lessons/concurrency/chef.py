"""One chef and three dishes: while the stove works, the chef does something else."""
import asyncio
import time


async def pasta():
    print("Pasta: boils")
    await asyncio.sleep(3)
    print("Pasta: ready")


async def sauce():
    print("Sauce: simmers")
    await asyncio.sleep(1)
    print("Sauce: stirred")
    await asyncio.sleep(1)
    print("Sauce: ready")


async def vegetables():
    print("Vegetables: first half")
    time.sleep(0.5)  # the chef chops: work, not waiting
    await asyncio.sleep(1)
    print("Vegetables: second half")
    time.sleep(0.5)
    print("Vegetables: ready")


async def chef():
    on_stove = asyncio.create_task(pasta())
    await asyncio.gather(on_stove, sauce(), vegetables())
    print("All dishes are ready")


asyncio.run(chef())
