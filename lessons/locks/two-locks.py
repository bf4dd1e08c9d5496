"""Each function has a lock of its own, and the balance is wrong all the same."""
import asyncio

balance = 100


async def change(lock, amount):
    global balance

    async with lock:
        before = balance
        print(f"balance {before}, change {amount}")
        await asyncio.sleep(0.1)
        balance = before + amount


async def main():
    deposits, withdrawals = asyncio.Lock(), asyncio.Lock()
    await asyncio.gather(change(deposits, 50), change(withdrawals, -30))
    print(f"balance {balance}")


asyncio.run(main())
