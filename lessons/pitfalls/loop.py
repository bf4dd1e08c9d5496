"""await in a loop, over coroutines and over tasks."""
import asyncio


async def fetch(page):
    print(f"page {page}: begins")
    await asyncio.sleep(1)
    return f"page {page}: ends"


async def main():
    for page in range(1, 4):
        print(await fetch(page))

    tasks = []
    for i in range(3):
        tasks.append(asyncio.create_task(fetch(i + 1)))
    for task in tasks:
        print(await task)


asyncio.run(main())
