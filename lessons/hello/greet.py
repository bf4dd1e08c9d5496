"""A coroutine waits a second, and returns a greeting."""
import asyncio


async def greet(name):
    await asyncio.sleep(1)
    return f"Hello, {name}!"


async def main():
    result = await greet("Alice")
    print(result)


asyncio.run(main())
