"""Three counters without asyncio: each waits for the one before."""
import time


def count():
    print("One")
    time.sleep(1)
    print("Two")


start = time.perf_counter()

for _ in range(3):
    count()
print(f"Executed in {time.perf_counter() - start:0.2f} seconds.")
