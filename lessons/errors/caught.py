"""An error passes through await, to the except of the caller."""
import asyncio


async def risky_operation():
    await asyncio.sleep(1)
    raise ValueError("Something went wrong!")


async def main():
    try:
        await risky_operation()
    except ValueError as error:
        print(f"Caught error: {error}")


asyncio.run(main())
