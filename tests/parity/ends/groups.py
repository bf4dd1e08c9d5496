import asyncio


async def work(seconds, error=None):
    await asyncio.sleep(seconds)
    if error:
        raise ValueError(error)


async def main():
    async with asyncio.TaskGroup() as one:
        one.create_task(work(1))
        one.create_task(work(2), name="second")
    try:
        async with asyncio.TaskGroup() as two:
            two.create_task(work(3))
            two.create_task(work(1, "broken"))
            await asyncio.sleep(2)
    except ExceptionGroup as error:
        print(f"ExceptionGroup: {error}")
    try:
        async with asyncio.TaskGroup() as three:
            three.create_task(work(3))
            await asyncio.sleep(1)
            raise Exception("home")
    except ExceptionGroup as error:
        print(f"ExceptionGroup: {error}")


asyncio.run(main())
