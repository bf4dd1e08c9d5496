"""Three sources fetched at once, and the same three one by one."""
import asyncio


async def fetch_data(source):
    await asyncio.sleep(1)
    return f"data from {source}"


async def concurrent_operations():
    return await asyncio.gather(
        fetch_data("source1"),
        fetch_data("source2"),
        fetch_data("source3"),
    )


async def sequential_operations():
    first = await fetch_data("source1")
    second = await fetch_data("source2")
    third = await fetch_data("source3")
    return [first, second, third]


async def main():
    print("#", await concurrent_operations())
    print("#", await sequential_operations())


asyncio.run(main())
