"""The threads of a twin's executors, on its virtual clock.

time.sleep() in such a thread takes no real time: the clock gets to its end when nothing
else is to be done before. The loop waits while a thread computes. So threads that have
slept run one at a time, the earliest deadline first, equal ones in the order in which
they began to sleep.
"""
import concurrent.futures
import heapq
import threading


class Sleeper:
    """A thread that sleeps."""

    def __init__(self, deadline_ns, order):
        self.key = deadline_ns, order
        self.deadline_ns = deadline_ns
        self.next_order = None
        self.is_over = threading.Event()

    def __lt__(self, other):
        return self.key < other.key


class Threads:
    def __init__(self, clock):
        self.clock = clock
        self.changed = threading.Condition()
        self.here = threading.local()  # .order: in a thread of an executor
        self.sleepers = []  # a heap
        self.unfinished = {}  # executor: how many functions it has, waiting and running
        self.shutdowns = 0  # threads of asyncio that wait for an executor

    # ---- in a thread

    def is_here(self):
        """True in a thread of an executor."""
        return hasattr(self.here, "order")

    def sleep(self, ns):
        sleeper = Sleeper(self.clock.ns + ns, self.here.order)
        with self.changed:
            heapq.heappush(self.sleepers, sleeper)
            self.changed.notify_all()
        sleeper.is_over.wait()
        self.here.order = sleeper.next_order

    # ---- in the thread of the loop

    def submit(self, executor, function, *arguments):
        """executor.submit(), for functions that may sleep."""
        order = next(self.clock.made)

        def run():
            # The later of the two: it may have waited for this thread.
            self.here.order = max(order, getattr(self.here, "order", order))
            return function(*arguments)

        with self.changed:
            self.unfinished[executor] = self.unfinished.get(executor, 0) + 1
        return executor.submit(run)

    def finish(self, executor):
        """A function has returned, and all who wait for it know."""
        with self.changed:
            self.unfinished[executor] -= 1
            self.changed.notify_all()

    def end_shutdown(self):
        with self.changed:
            self.shutdowns -= 1
            self.changed.notify_all()

    def running(self):
        return sum(min(count, executor._max_workers)
                   for executor, count in self.unfinished.items())

    def settle(self):
        """Wait until no thread computes."""
        with self.changed:
            self.changed.wait_for(lambda: self.running() == len(self.sleepers))

    def settle_shutdowns(self):
        """Wait for the shutdowns that have no function to wait for any more."""
        with self.changed:
            self.changed.wait_for(lambda: self.running() or not self.shutdowns)

    def next_deadline(self):
        """In nanoseconds; None: no thread sleeps."""
        return self.sleepers[0].deadline_ns if self.sleepers else None

    def wake_due(self, now_ns):
        """Let those continue whose time is over, each until it sleeps again or returns."""
        while self.sleepers and self.sleepers[0].deadline_ns <= now_ns:
            with self.changed:
                sleeper = heapq.heappop(self.sleepers)
                sleeper.next_order = next(self.clock.made)
            sleeper.is_over.set()
            self.settle()

    def pass_time(self, until_ns):
        """The loop is blocked until then; the threads are not."""
        self.settle()
        while self.sleepers and self.sleepers[0].deadline_ns <= until_ns:
            self.clock.ns = max(self.clock.ns, self.sleepers[0].deadline_ns)
            self.wake_due(self.clock.ns)
        self.clock.ns = until_ns


def can_sleep(executor):
    return isinstance(executor, concurrent.futures.ThreadPoolExecutor)
