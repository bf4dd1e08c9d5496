"""An asynchronous iterator: a class with a method that waits for the next value."""
import asyncio


class Counter:
    def __init__(self, current, end):
        self.current = current
        self.end = end

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.current >= self.end:
            raise StopAsyncIteration
        await asyncio.sleep(0.5)
        self.current += 1
        return self.current - 1


async def main():
    async for num in Counter(1, 5):
        print(num)


asyncio.run(main())
