"""Three computations of 1 s each, gathered."""
import asyncio
import time


async def compute():
    time.sleep(1)  # stands for a computation of 1 s


async def main():
    start = time.time()

    await asyncio.gather(compute(), compute(), compute())
    print(f"three computations: {time.time() - start:.2f} seconds")


asyncio.run(main())
