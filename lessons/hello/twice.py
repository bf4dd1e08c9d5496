"""The same coroutine twice, one call after the other."""
import asyncio


async def async_function():
    print("Async function starting")
    await asyncio.sleep(2)
    print("Async function completed")
    return "Async result"


async def main():
    result1 = await async_function()
    result2 = await async_function()
    print(f"Results: {result1}, {result2}")


if __name__ == "__main__":
    asyncio.run(main())
