#!/usr/bin/env python3
"""The same workloads on asyncio, with smaller counts: peer.py NAME..."""
import asyncio
import os
import sys
import time

ALIVE = 10000


def ns_since(start, operations):
    return (time.process_time_ns() - start) / operations


async def other():
    while True:
        await asyncio.sleep(0)


async def take_turns(others, rounds):
    tasks = [asyncio.create_task(other()) for _ in range(others)]
    for _ in range(2 + rounds // 10):
        await asyncio.sleep(0)
    start = time.process_time_ns()
    for _ in range(rounds):
        await asyncio.sleep(0)
    figure = ns_since(start, (1 + others) * rounds)
    for task in tasks:
        task.cancel()
    return figure


async def child(pauses):
    if pauses:
        await asyncio.sleep(0)


async def spawn():
    count = 30000
    for _ in range(count // 10):
        await asyncio.create_task(child(False))
    start = time.process_time_ns()
    for _ in range(count):
        await asyncio.create_task(child(False))
    return ns_since(start, count)


async def batches(pauses):
    count = 4
    await asyncio.gather(*(child(pauses) for _ in range(ALIVE)))
    start = time.process_time_ns()
    for _ in range(count):
        await asyncio.gather(*(child(pauses) for _ in range(ALIVE)))
    return ns_since(start, count * ALIVE)


async def echo(there, back):
    while True:
        await back.put(await there.get())


async def serve(there, back, times):
    for _ in range(times):
        await there.put(None)
        await back.get()


async def pingpong():
    count = 30000
    there, back = asyncio.Queue(1), asyncio.Queue(1)
    task = asyncio.create_task(echo(there, back))
    await serve(there, back, count // 10)
    start = time.process_time_ns()
    await serve(there, back, count)
    figure = ns_since(start, 2 * count)
    task.cancel()
    return figure


async def produce(queue):
    while True:
        await queue.put(None)


async def buffered():
    count = 200000
    queue = asyncio.Queue(1024)
    task = asyncio.create_task(produce(queue))
    for _ in range(count // 10):
        await queue.get()
    start = time.process_time_ns()
    for _ in range(count):
        await queue.get()
    figure = ns_since(start, count)
    task.cancel()
    return figure


async def sleepers():
    start = time.process_time_ns()
    seconds = [i * 7919 % 1000 / 1000 for i in range(100000)]
    await asyncio.gather(*map(asyncio.sleep, seconds))
    return ns_since(start, 1e9)


def resident_bytes():
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * os.sysconf("SC_PAGESIZE")


async def parked(event):
    await event.wait()


async def park(count):
    event = asyncio.Event()
    before = resident_bytes()
    tasks = [asyncio.create_task(parked(event)) for _ in range(count)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    figure = (resident_bytes() - before) / count
    event.set()
    await asyncio.gather(*tasks)
    return figure


async def visitor(lock, visits):
    for _ in range(visits):
        async with lock:
            await asyncio.sleep(0)


async def contended():
    lock, visits = asyncio.Lock(), 50
    await asyncio.gather(*(visitor(lock, 5) for _ in range(1000)))
    start = time.process_time_ns()
    await asyncio.gather(*(visitor(lock, visits) for _ in range(1000)))
    return ns_since(start, 1000 * visits)


WORKLOADS = {
    "W1.yield": ("ns", take_turns, 1, 200000),
    "W1.ring.1000": ("ns", take_turns, 999, 200),
    "W1.ring.100000": ("ns", take_turns, 99999, 2),
    "W2.spawn": ("ns", spawn),
    "W2.alive": ("ns", batches, True),
    "W2.brief": ("ns", batches, False),
    "W3.pingpong": ("ns", pingpong),
    "W3.buffered": ("ns", buffered),
    "W4.sleepers": ("s", sleepers),
    "W5.100000": ("B", park, 100000),
    "W6.lock": ("ns", contended),
}

for name in sys.argv[1:]:
    if name in WORKLOADS:
        unit, measure, *arguments = WORKLOADS[name]
        print(f"{name:14} {unit} {asyncio.run(measure(*arguments)):.3f}")
