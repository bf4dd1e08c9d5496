"""One of two gathered tasks fails; the other continues to its end."""
import asyncio


async def failing():
    await asyncio.sleep(0.5)
    raise ValueError("failed at half a second")


async def regular():
    await asyncio.sleep(2)
    print("regular: done")


async def main():
    try:
        await asyncio.gather(failing(), regular())
    except ValueError as error:
        print(f"main: {error}")

    await asyncio.sleep(3)
    print("main: done")


asyncio.run(main())
