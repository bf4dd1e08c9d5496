"""asyncio.run(), and then the event loop by hand."""
import asyncio


async def main():
    pass


asyncio.run(main())

loop = asyncio.get_event_loop()
loop.run_until_complete(main())
