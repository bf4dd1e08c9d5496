"""A coroutine that is called and dropped."""
import asyncio
import warnings

warnings.simplefilter("always", ResourceWarning)


async def async_function():
    print("# never printed")


async def main():
    async_function()
    print("# called")


asyncio.run(main())
