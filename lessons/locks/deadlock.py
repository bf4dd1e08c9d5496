"""Two tasks take two locks, each in another order."""
import asyncio


async def transfer(name, first, second):
    async with first:
        print(f"{name} has one lock")
        await asyncio.sleep(0.1)
        async with second:
            print(f"{name} has both")


async def main():
    red, blue = asyncio.Lock(), asyncio.Lock()
    await asyncio.gather(
        transfer("Ann", red, blue),
        transfer("Bob", blue, red),
    )


asyncio.run(main())
