"""Three deposits without a lock, and none is lost."""
import asyncio

balance = 100


async def deposit(amount):
    global balance

    await asyncio.sleep(0.1)
    before = balance
    balance = before + amount
    print(f"balance {balance}")


async def main():
    await asyncio.gather(deposit(50), deposit(30), deposit(20))


asyncio.run(main())
