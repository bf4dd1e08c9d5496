"""Two tasks block the event loop, one briefly and one for longer."""
import asyncio
import logging
import time

logging.basicConfig(level=logging.DEBUG)


async def block(seconds):
    time.sleep(seconds)
    print(f"# blocked for {seconds} s")


async def main():
    await asyncio.create_task(block(0.05))
    await asyncio.create_task(block(0.2))
    await asyncio.sleep(1)


asyncio.run(main(), debug=True)
