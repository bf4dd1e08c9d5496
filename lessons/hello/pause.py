"""A fetch that takes two seconds, and a caller that waits for it."""
import asyncio


async def fetch_data():
    print("Starting fetch...")
    await asyncio.sleep(2)
    print("Fetch complete!")
    return "Data"


async def main():
    print("Before await")
    result = await fetch_data()
    print(f"After await: {result}")


asyncio.run(main())
