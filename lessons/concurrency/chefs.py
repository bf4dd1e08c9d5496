"""Three chefs with a dish each: all of them work at the same time."""
import asyncio
import time


def cook(dish, seconds):
    time.sleep(seconds)
    print(f"{dish}: ready")


async def chef(dish, seconds):
    await asyncio.to_thread(cook, dish, seconds)


async def main():
    await asyncio.gather(
        chef("Pasta", 3),
        chef("Vegetables", 2),
        chef("Dessert", 1),
    )
    print("All dishes are ready")


asyncio.run(main())
