"""Three addresses fetched in a row, and the time that it takes."""
import time


def fetch_data(url):
    time.sleep(1)
    return f"Data from {url}"


def synchronous_example():
    start = time.time()

    data1 = fetch_data("url1")
    data2 = fetch_data("url2")
    data3 = fetch_data("url3")
    print(f"Total time: {time.time() - start:.2f}s")
    return [data1, data2, data3]


print("#", synchronous_example())
