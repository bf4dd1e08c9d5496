"""Three counters at once: the whole takes as long as one of them."""
import asyncio
import time


async def count():
    print("One")
    await asyncio.sleep(1)
    print("Two")


async def main():
    await asyncio.gather(count(), count(), count())


start = time.perf_counter()
asyncio.run(main())
print(f"Executed in {time.perf_counter() - start:0.2f} seconds.")
