"""Three downloads of 2 s each, in 2 s."""
import asyncio
import time


async def download_file(filename):
    print(f"Starting download: {filename}")
    await asyncio.sleep(2)
    print(f"Completed download: {filename}")
    return f"Data from {filename}"


async def main():
    start = time.time()

    await asyncio.gather(
        download_file("file1.txt"),
        download_file("file2.txt"),
        download_file("file3.txt"),
    )
    print(f"Total time: {time.time() - start:.2f} seconds")


asyncio.run(main())
