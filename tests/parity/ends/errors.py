import asyncio
import time


async def fail(error):
    await asyncio.sleep(0.5)
    raise error


async def main():
    try:
        await asyncio.create_task(fail(ValueError("no number")))
    except ValueError as error:
        print(f"ValueError: {error}")
    await asyncio.gather(fail(Exception("key")), fail(TimeoutError()),
                         return_exceptions=True)
    asyncio.create_task(fail(RuntimeError("lost")))
    never = fail(ValueError())
    del never
    await asyncio.sleep(1)
    time.sleep(0.25)
    raise ValueError("the end")


asyncio.run(main())
