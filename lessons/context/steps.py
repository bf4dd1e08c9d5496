"""async with, and an __aexit__ that says whether an error of the block goes on."""
import asyncio


class Resource:
    async def __aenter__(self):
        print("Acquiring resource")
        await asyncio.sleep(1)
        return self

    async def __aexit__(self, *error):
        print("Releasing resource")
        await asyncio.sleep(1)
        return False  # an error of the block goes on


async def main():
    async with Resource():
        print("Using resource")
        await asyncio.sleep(1)


asyncio.run(main())
