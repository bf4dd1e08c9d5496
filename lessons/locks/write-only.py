"""The lock is taken for the write, but not for the read before it."""
import asyncio

balance = 100


async def deposit(lock, amount):
    global balance

    before = balance
    print(f"balance {before}, deposit {amount}")
    async with lock:
        await asyncio.sleep(0.1)
        balance = before + amount


async def main():
    lock = asyncio.Lock()
    await asyncio.gather(deposit(lock, 50), deposit(lock, 30))
    print(f"balance {balance}")


asyncio.run(main())
