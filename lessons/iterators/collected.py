"""A generator, an iterator class, and a list of all values of a generator."""
import asyncio


async def async_range(start, stop):
    for i in range(start, stop):
        await asyncio.sleep(0.5)
        yield i


class Counter:
    def __init__(self, stop):
        self.current = 0
        self.stop = stop

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.current >= self.stop:
            raise StopAsyncIteration
        await asyncio.sleep(0.5)
        self.current += 1
        return self.current - 1


async def main():
    print("Using async generator:")
    async for i in async_range(1, 4):
        print(i)

    print("Using async iterator:")
    async for i in Counter(3):
        print(i)

    values = [i async for i in async_range(5, 8)]
    print(f"Collected values: {values}")


asyncio.run(main())
