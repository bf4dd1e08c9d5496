"""The smallest coroutine: as an object, and run."""
import asyncio
import re


async def my_coroutine():
    pass


value = my_coroutine()
print(re.sub("0x[0-9a-f]+", "0x...", repr(value)))

value = None  # as the prompt of Python does with the next value
print("#", asyncio.run(my_coroutine()))
