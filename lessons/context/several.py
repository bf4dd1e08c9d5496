"""One resource; then two in one block, left in the reverse order."""
import asyncio


class Resource:
    def __init__(self, name):
        self.name = name

    async def __aenter__(self):
        print(f"Acquiring resource: {self.name}")
        await asyncio.sleep(0.1)
        return self

    async def __aexit__(self, *error):
        print(f"Releasing resource: {self.name}")
        await asyncio.sleep(0.1)

    async def do_work(self):
        print(f"Working with resource: {self.name}")
        await asyncio.sleep(1)
        return f"Work completed with {self.name}"


async def main():
    print("=== Async Context Manager Demo ===")
    async with Resource("Database") as resource:
        result = await resource.do_work()
        print(result)

    async with Resource("Cache") as cache, Resource("Logger") as logger:
        await cache.do_work()
        await logger.do_work()


asyncio.run(main())
