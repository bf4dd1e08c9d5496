"""The same loop over an iterator class and over a generator."""
import asyncio


class Range:
    def __init__(self, start, stop):
        self.start = start
        self.stop = stop

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.start >= self.stop:
            raise StopAsyncIteration
        current = self.start
        self.start += 1
        await asyncio.sleep(0.1)
        return current


async def generator(n):
    for i in range(n):
        await asyncio.sleep(0.1)
        yield f"Item {i}"


async def main():
    print("=== Async Iterator Demo ===")
    async for number in Range(1, 6):
        print(f"Got number: {number}")

    print("\n=== Async Generator Demo ===")
    async for item in generator(5):
        print(f"Generated: {item}")


asyncio.run(main())
