"""What can be awaited, and what cannot."""
import asyncio


async def async_function():
    return "async"


def regular_function():
    return "regular"


async def main():
    print("#", await async_function())
    print("#", await asyncio.sleep(1))
    try:
        await asyncio.create_task(...)
    except TypeError as error:
        print("#", error)
    for value in regular_function(), 42:
        try:
            await value
        except TypeError as error:
            print("#", error)


try:
    compile("await async_function()", "outside.py", "exec")
except SyntaxError as error:
    print("# SyntaxError:", error.msg)
asyncio.run(main())
