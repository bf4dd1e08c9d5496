"""Like range(), but each number takes a while."""
import asyncio


class Range:
    def __init__(self, current, end):
        self.current = current
        self.end = end

    def __aiter__(self):
        return self

    async def __anext__(self):
        if self.current >= self.end:
            raise StopAsyncIteration
        await asyncio.sleep(0.1)
        self.current += 1
        return self.current - 1


async def main():
    async for number in Range(0, 5):
        print(number)


asyncio.run(main())
