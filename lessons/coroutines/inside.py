"""await in a plain function does not compile; in an async function it works."""
import asyncio

WRONG = """
def regular_function():
    await something()
"""


async def something():
    print("# something")


async def async_function():
    await something()


try:
    compile(WRONG, "wrong.py", "exec")
except SyntaxError as error:
    print("# SyntaxError:", error.msg)
asyncio.run(async_function())
