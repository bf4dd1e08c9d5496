"""async with: the block runs between two waits."""
import asyncio


class Resource:
    async def __aenter__(self):
        await asyncio.sleep(0.1)
        print("Resource acquired")
        return self

    async def __aexit__(self, *error):
        await asyncio.sleep(0.1)
        print("Resource released")


async def main():
    async with Resource():
        print("Using the resource")


asyncio.run(main())
