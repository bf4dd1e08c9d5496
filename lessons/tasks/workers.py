"""Workers, waited for in three ways: gathered tasks, gather alone, as completed."""
import asyncio
import random


async def worker(name, work_time):
    print(f"Worker {name} starting")
    await asyncio.sleep(work_time)
    print(f"Worker {name} completed")
    return f"Result from {name}"


async def main():
    print("=== Using create_task() ===")
    five = []
    for i in range(5):
        work_time = random.uniform(1, 3)
        five.append(asyncio.create_task(worker(f"Worker-{i}", work_time)))
    results = await asyncio.gather(*five)
    print(f"All workers completed: {results}")

    print("\n=== Using gather() directly ===")
    results = await asyncio.gather(
        worker("Alpha", 1),
        worker("Beta", 2),
        worker("Gamma", 1.5),
    )
    print(f"Results: {results}")

    print("\n=== Using as_completed() ===")
    four = []
    for i in range(4):
        four.append(asyncio.create_task(worker(f"Task-{i}", random.uniform(0.5, 2))))
    for completed in asyncio.as_completed(four):
        print(f"Completed: {await completed}")


asyncio.run(main())
