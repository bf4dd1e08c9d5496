"""async with: acquire a resource, use it, and release it."""
import asyncio


class Resource:
    async def __aenter__(self):
        await asyncio.sleep(0.1)
        print("Resource acquired")
        return self

    async def __aexit__(self, *error):
        await asyncio.sleep(0.1)
        print("Resource released")

    async def use_resource(self):
        await asyncio.sleep(0.5)
        return "Resource data"


async def main():
    async with Resource() as resource:
        data = await resource.use_resource()
        print(f"Resource data: {data}")


asyncio.run(main())
