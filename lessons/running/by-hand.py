"""The event loop made, used and closed without asyncio.run()."""
import asyncio


async def work():
    return "Result"


loop = asyncio.get_event_loop()
try:
    result = loop.run_until_complete(work())
finally:
    loop.close()
print("#", result)
