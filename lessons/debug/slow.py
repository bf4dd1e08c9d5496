"""Debug mode reports a main that blocks the event loop."""
import asyncio
import time


async def main():
    time.sleep(0.2)
    print("# blocked for 0.2 s")
    await asyncio.sleep(1)
    print("# slept for 1 s")


asyncio.run(main(), debug=True)
