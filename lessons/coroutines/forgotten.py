"""First without await, then with it."""
import asyncio
import re


async def fetch_data():
    await asyncio.sleep(1)
    return "data"


async def main():
    result = fetch_data()
    print(re.sub("0x[0-9a-f]+", "0x...", repr(result)))

    result = await fetch_data()
    print(result)


asyncio.run(main())
