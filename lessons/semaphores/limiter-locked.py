"""The limiter with a lock: one task at a time checks, sleeps and changes."""
import asyncio


class Limiter:
    def __init__(self, rate, per):
        self.rate = rate
        self.per = per
        self.allowance = rate
        self.last_check = asyncio.get_running_loop().time()
        self.lock = asyncio.Lock()

    async def acquire(self):
        async with self.lock:
            now = asyncio.get_running_loop().time
            time_passed = now() - self.last_check
            self.allowance += time_passed * (self.rate / self.per)
            if self.allowance > self.rate:
                self.allowance = self.rate

            if self.allowance < 1:
                await asyncio.sleep((1 - self.allowance) * (self.per / self.rate))
                self.allowance = 1
            self.allowance -= 1
            self.last_check = now()


async def make_api_call(limiter, number):
    await limiter.acquire()
    print(f"Making API call {number}")
    await asyncio.sleep(0.5)
    return f"Result {number}"


async def main():
    limiter = Limiter(2, 1)
    calls = [make_api_call(limiter, i) for i in range(10)]
    results = await asyncio.gather(*calls)
    print(f"Completed {len(results)} calls")


asyncio.run(main())
