"""Three attempts, and a pause of a second after each failure."""
import asyncio
import random


async def unstable_operation():
    if random.random() < 0.7:
        raise Exception("Failed!")
    return "Success"


MAX_ATTEMPTS = 3


async def retry_operation():
    for attempt in range(1, MAX_ATTEMPTS + 1):
        try:
            return await unstable_operation()
        except Exception:
            if attempt == MAX_ATTEMPTS:
                raise
        print(f"Attempt {attempt} failed, retrying...")
        await asyncio.sleep(1)


asyncio.run(retry_operation())
