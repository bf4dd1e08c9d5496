"""A context manager made of a generator: before the yield, the block, after it."""
import asyncio
from contextlib import asynccontextmanager


@asynccontextmanager
async def open_file(filename):
    print(f"Opening {filename}")
    await asyncio.sleep(1)

    try:
        yield f"Handle to {filename}"
    finally:
        print(f"Closing {filename}")
        await asyncio.sleep(1)


async def main():
    async with open_file("data.txt") as handle:
        print(f"Working with {handle}")
        await asyncio.sleep(1)


asyncio.run(main())
