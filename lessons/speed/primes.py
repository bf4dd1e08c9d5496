"""A computation in a coroutine: nothing else runs until it is over."""
import asyncio


async def heartbeat():
    for _ in range(3):
        print("# beat")
        await asyncio.sleep(0.1)


def is_prime(number):
    for i in range(2, int(number ** 0.5) + 1):
        if number % i == 0:
            return False
    return True


async def calculate_primes(n):
    primes = []
    print("# computing")
    for number in range(2, n):
        if is_prime(number):
            primes.append(number)
    print("# computed")
    return primes


async def main():
    results = await asyncio.gather(heartbeat(), calculate_primes(100))
    print("#", results[1])


asyncio.run(main())
