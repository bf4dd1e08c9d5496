"""Three downloads without asyncio: 2 s and 2 s and 2 s."""
import time


def download_file(filename):
    print(f"Starting download: {filename}")
    time.sleep(2)
    print(f"Completed download: {filename}")
    return f"Data from {filename}"


start = time.time()

download_file("file1.txt")
download_file("file2.txt")
download_file("file3.txt")
print(f"Total time: {time.time() - start:.2f} seconds")
