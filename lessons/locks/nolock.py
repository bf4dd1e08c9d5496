"""Two deposits at the same time: one of them vanishes."""
import asyncio

balance = 100


async def deposit(amount):
    global balance

    before = balance
    print(f"balance {before}, deposit {amount}")
    await asyncio.sleep(0.1)
    balance = before + amount


async def main():
    await asyncio.gather(deposit(50), deposit(30))
    print(f"balance {balance}")


asyncio.run(main())
