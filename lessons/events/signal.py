"""A lock around a call, and an event that one task waits for and another sets."""
import asyncio


class Resource:
    calls = 0

    def some_method(self):
        self.calls += 1
        return self.calls


async def protected_access(lock, resource):
    async with lock:  # one coroutine at a time is in here
        result = resource.some_method()
    return result


async def waiter(event):
    print("Waiting for the event...")
    await event.wait()
    print("Event has been set!")


async def main():
    event = asyncio.Event()
    waiting = asyncio.create_task(waiter(event))
    await asyncio.sleep(1)
    event.set()
    await waiting


asyncio.run(protected_access(asyncio.Lock(), Resource()))
asyncio.run(main())
