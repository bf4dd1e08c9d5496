import asyncio


async def nap():
    await asyncio.sleep(1.5)
    print("up")


async def first():
    global sleeper
    asyncio.current_task().set_name("Alpha")
    sleeper = asyncio.create_task(nap(), name="sleeper")
    await asyncio.sleep(1)
    return 1


async def second():
    renamed = asyncio.create_task(nap())
    renamed.set_name("later")
    await asyncio.sleep(1)
    return 2


with asyncio.Runner() as runner:
    print(runner.run(first()))
    print(runner.run(second()))
print("closed")
asyncio.run(second())
