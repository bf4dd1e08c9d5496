"""What stands before and after a program of a tutorial that does not run alone.

Some programs only define functions, or use what is not in the tutorial. The lines that
these drivers print begin with "# ", as those of the examples do; they are compared, so a
driver does what the example's does, and shows what the tutorial's functions return.
"""
IMPORTS = "import asyncio\nimport time\n"

MAIN = "asyncio.run(main())\n"

# A program that does not compile stands in a string.
QUOTED = IMPORTS + "TUTORIAL = '''"
COMPILE = """'''
try:
    compile(TUTORIAL, "tutorial", "exec")
except SyntaxError as error:
    print("# SyntaxError:", error.msg)
"""

SAY_AFTER = IMPORTS + """
async def say_after(delay, message):
    await asyncio.sleep(delay)
    print(message)
"""

SLOW_OPERATION = IMPORTS + """
async def slow_operation():
    await asyncio.sleep(3)
"""

ASYNC_FUNCTION = IMPORTS + """
async def async_function():
    await asyncio.sleep(1)
    return "result"
"""

FORGOTTEN = """
async def main():
    value = await {wrong}()
    print("# wrong:", value)
    del value
    print("# correct:", await {correct}())
""" + MAIN

HEARTBEAT = IMPORTS + """
async def heartbeat(pause):
    for _ in range(3):
        print("# beat")
        await asyncio.sleep(pause)
"""

# D43 returns nothing where B16 returns "Done".
BLOCKING = """
async def main():
    result = (await asyncio.gather(heartbeat(0.5), {blocking}()))[1]
    print("# blocking:", result or "Done")
    result = (await asyncio.gather(heartbeat(0.5), {waiting}()))[1]
    print("# not blocking:", result or "Done")
""" + MAIN

# id -> what stands before, and after.
DRIVERS = {
    "B11": (IMPORTS + """
async def async_operation1():
    await asyncio.sleep(1)
    return 1

async def async_operation2(x):
    await asyncio.sleep(1)
    return x + 1
""", """
async def main():
    print("# good:", await good_example())
    try:
        await bad_example()
    except TypeError as error:
        print("# bad:", error)
""" + MAIN),
    "B12": (IMPORTS + """
async def fetch_data(source):
    await asyncio.sleep(1)
    return f"data from {source}"
""", """
async def main():
    print("#", await concurrent_operations())
    print("#", await sequential_operations())
""" + MAIN),
    "B13": (IMPORTS + """
async def risky_operation(number):
    await asyncio.sleep(0.5 - 0.1 * number)
    if number % 2:
        raise ValueError(f"operation {number} failed")
    return number
""", "print('# results:', asyncio.run(robust_async_function()))\n"),
    "B15": (ASYNC_FUNCTION, FORGOTTEN.format(wrong="wrong_way", correct="correct_way")),
    "B16": (HEARTBEAT, BLOCKING.format(blocking="blocking_async",
                                       waiting="non_blocking_async")),
    "B17": (IMPORTS + """
async def long_running_operation():
    await asyncio.sleep(10)

async def cleanup_resources():
    await asyncio.sleep(0.5)
""", """
async def main():
    task = asyncio.create_task(cancellable_task())
    await asyncio.sleep(1)
    task.cancel()
    print("# after cancel(), done:", task.done())
    try:
        await task
    except asyncio.CancelledError:
        print("# after await, done:", task.done())
""" + MAIN),
    "C08": (IMPORTS, """
async def main():
    print("#", await fetch_data())
    print("#", await DataFetcher().fetch())

asyncio.run(main())
try:
    compile("async_lambda = async lambda x: x", "tutorial", "exec")
except SyntaxError as error:
    print("# SyntaxError:", error.msg)
"""),
    "C28": (HEARTBEAT, """
async def calculate():
    print("# computing")
    primes = await calculate_primes(100)
    print("# computed")
    return primes

async def main():
    print("#", (await asyncio.gather(heartbeat(0.1), calculate()))[1])
""" + MAIN),
    "D01": ("", "print('#', synchronous_example())\n"),
    "D11": (QUOTED, COMPILE + """
async def something():
    print("# something")

exec(TUTORIAL[TUTORIAL.index("async def"):])
asyncio.run(async_function())
"""),
    "D12": ("", "print('#', result)\n"),
    "D13": (QUOTED, COMPILE + """
async def async_function():
    return "async"

def regular_function():
    return "regular"

async def main():
    for line in TUTORIAL.splitlines():
        if line.startswith("await"):
            exec(f"async def one_line(): return {line}", globals())
            try:
                print("#", await one_line())
            except TypeError as error:
                print("#", error)
""" + MAIN),
    "D15": ("", "print('#', asyncio.run(task2()))\n"),
    "D16": ("", "print('#', result)\n"),
    "D38": (IMPORTS + """
async def other():
    await asyncio.sleep(1)
    print("# the other task is done")
""", """
async def main():
    print("# bad")
    await asyncio.gather(other(), bad())
    print("# good")
    await asyncio.gather(other(), good())
""" + MAIN),
    "D40": (IMPORTS, """
async def main():
    task = asyncio.create_task(cancellable_task())
    await asyncio.sleep(3.5)
    task.cancel()
    try:
        await task
    except asyncio.CancelledError:
        print("# the task is cancelled:", task.cancelled())
""" + MAIN),
    "D41": (IMPORTS + """
async def fetch_user(uid):
    await asyncio.sleep(1)
    return {"id": uid}
""", "print('#', asyncio.run(fetch_users([1, 2, 3])))\n"),
    "D42": (ASYNC_FUNCTION, FORGOTTEN.format(wrong="wrong", correct="correct")),
    "D43": (HEARTBEAT, BLOCKING.format(blocking="wrong", waiting="correct")),
    "D44": (IMPORTS + """
async def fetch1():
    await asyncio.sleep(1)
    return "one"

async def fetch2():
    await asyncio.sleep(1)
    return "two"
""", """
async def main():
    print("# slow:", list(await slow()))
    print("# fast:", list(await fast()))
""" + MAIN),
    "D45": (IMPORTS + """
async def main():
    time.sleep(0.2)
    print("# blocked for 0.2 s")
    await asyncio.sleep(1)
    print("# slept for 1 s")
""", ""),
    "D46": (IMPORTS + """
async def never_awaited():
    print("# never printed")

def async_function():
    print("# called")
    return never_awaited()
""", ""),
    "D47": (IMPORTS + """
async def block(seconds):
    time.sleep(seconds)
    print(f"# blocked for {seconds} s")

async def main():
    await asyncio.create_task(block(0.05))
    await asyncio.create_task(block(0.2))
    await asyncio.sleep(1)
""", ""),
    "E03": (IMPORTS, "print(my_coroutine())\nprint('#', asyncio.run(my_coroutine()))\n"),
    "E07": (SAY_AFTER, MAIN),
    "E08": (SAY_AFTER, MAIN),
    "E10": (IMPORTS + """
async def riskyOperation():
    await asyncio.sleep(1)
    raise Exception("the disk is full")
""", "asyncio.run(main())\nprint('# main continues')\n"),
    "E11": (IMPORTS, MAIN),
    "E12": (IMPORTS, MAIN),
    "E13": (IMPORTS, MAIN),
    "E14": (IMPORTS, MAIN),
    "E15": (IMPORTS + """
async def acquire_resource():
    await asyncio.sleep(0.5)

async def use_resource(resource):
    await asyncio.sleep(4)

async def release_resource(resource):
    await asyncio.sleep(0.5)
""", """
async def main():
    operation = asyncio.create_task(operation_with_cleanup())
    await asyncio.sleep(1)
    operation.cancel()
    try:
        await operation
    except asyncio.CancelledError:
        pass
    await operation_with_cleanup()
""" + MAIN),
    "E18": (IMPORTS + """
class Resource:
    def some_method(self):
        return 1
""", "asyncio.run(protected_access(asyncio.Lock(), Resource()))\nasyncio.run(main())\n"),
    "E19": (IMPORTS, MAIN),
    "E20": (IMPORTS, MAIN),
    "E21": (SLOW_OPERATION, MAIN),
}
