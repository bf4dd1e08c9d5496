import asyncio
import signal


async def nap():
    try:
        await asyncio.sleep(9)
        print("up: rested")
    except asyncio.CancelledError:
        print("up: CancelledError")
        raise


async def main():
    asyncio.get_running_loop().call_later(1, signal.raise_signal, signal.SIGINT)
    left = asyncio.create_task(nap())
    try:
        await asyncio.create_task(nap())
    except asyncio.CancelledError:
        await asyncio.sleep(0.5)
        raise


try:
    asyncio.run(main())
    print("no error")
except KeyboardInterrupt:
    print("KeyboardInterrupt")
    raise
