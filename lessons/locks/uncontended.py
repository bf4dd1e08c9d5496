"""Three awaits that do not wait, while another task would like to run."""
import asyncio


async def busy(lock):
    for i in range(3):
        async with lock:
            print(f"busy {i}")


async def other():
    print("the other task")


async def main():
    lock = asyncio.Lock()
    await asyncio.gather(busy(lock), other())


asyncio.run(main())
