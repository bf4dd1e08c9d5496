"""The threads of a twin's executors, on its virtual clock.

The threads are real, but only one of them or the loop runs at a time. A function begins
as soon as it is submitted and a thread is free. It runs until it sleeps, waits for a
future or returns; meanwhile the loop waits. time.sleep() in such a thread takes no real
time: the clock gets to its end when nothing else is to be done before. So threads that
have slept continue the earliest deadline first, equal ones, also those of timers, in the
order in which the sleeps began.
"""
import asyncio
import concurrent.futures
import functools
import heapq
import math
import selectors
import threading
import weakref

# How long, in real seconds, a thread may compute while the loop waits for it. One that
# waits by means unknown here, as a threading.Event, would never stop.
LIMIT = 10

Executor, Future = concurrent.futures.ThreadPoolExecutor, concurrent.futures.Future
SUBMIT, SHUTDOWN = Executor.submit, Executor.shutdown
RESULT, EXCEPTION = Future.result, Future.exception
INVOKE_CALLBACKS = Future._invoke_callbacks


class Deadlock(BaseException):
    """All tasks wait, and there is no timer: the twin would hang for ever."""


class Moment(float):
    """A deadline. Of two equal ones the older is the earlier."""

    def __new__(cls, ns, order):
        self = super().__new__(cls, ns / 1e9)
        self.key = ns, order
        return self

    def __lt__(self, other):
        return self.key < other.key  # used by the heap of timers only


class Sleeper:
    """A thread that sleeps, or that waits for a future, perhaps with a time limit."""

    def __init__(self, deadline_ns, order):
        self.key = deadline_ns, order
        self.deadline_ns, self.order = self.key  # the order: that of its next sleep
        self.is_over = threading.Event()

    def __lt__(self, other):
        return self.key < other.key


def in_main_thread():
    return threading.current_thread() is threading.main_thread()


class Threads:
    def __init__(self, clock):
        self.clock = clock
        self.changed = threading.Condition()
        self.here = threading.local()  # .order: in a thread of an executor
        self.sleepers = []  # a heap
        self.functions = {}  # of futures: their executors
        self.unfinished = {}  # executor: how many functions it has, waiting and running

    # ---- in a thread

    def is_here(self):
        """True in a thread of an executor."""
        return hasattr(self.here, "order")

    def sleep(self, ns):
        self.park(Sleeper(self.clock.ns + ns, self.here.order))

    def park(self, sleeper):
        with self.changed:
            if not sleeper.is_over.is_set():
                heapq.heappush(self.sleepers, sleeper)
            self.changed.notify_all()
        sleeper.is_over.wait()
        self.here.order = sleeper.order

    def wait_for(self, future, timeout):
        """Wait until a concurrent future is done, or the time is over."""
        limit = math.inf if timeout is None else self.clock.ns + round(timeout * 1e9)
        sleeper = Sleeper(limit, self.here.order)
        future.add_done_callback(lambda _: self.wake(sleeper))
        self.park(sleeper)

    # ---- in the thread of the loop

    def submit(self, executor, function):
        """executor.submit()"""
        order = next(self.clock.made)

        def run():
            # The later of the two: it may have waited for this thread.
            self.here.order = max(order, getattr(self.here, "order", order))
            return function()

        with self.changed:
            future = SUBMIT(executor, run)
            if not future.done():
                self.functions[future] = executor
                self.unfinished[executor] = self.unfinished.get(executor, 0) + 1
        self.settle()
        return future

    def finish_function(self, future):
        """It has returned, and all who wait for it know, the loop as well."""
        with self.changed:
            if future in self.functions:
                self.unfinished[self.functions.pop(future)] -= 1
                self.changed.notify_all()

    def has_functions(self, executor):
        return self.unfinished.get(executor, 0) > 0

    def running(self):
        return sum(min(count, executor._max_workers)
                   for executor, count in self.unfinished.items())

    def is_busy(self):
        """True while a function computes."""
        return self.running() > len(self.sleepers)

    def settle(self):
        """Wait until no thread computes."""
        if not self.is_here():
            with self.changed:
                self.changed.wait_for(lambda: not self.is_busy(), LIMIT)

    def next_deadline(self):
        """In nanoseconds; infinity: no thread sleeps."""
        return self.sleepers[0].deadline_ns if self.sleepers else math.inf

    def due(self):
        """The threads whose time is over."""
        return [each for each in self.sleepers if each.deadline_ns <= self.clock.ns]

    def wake(self, sleeper):
        """Let it continue until it sleeps again or has no function left."""
        with self.changed:
            if sleeper in self.sleepers:
                self.sleepers.remove(sleeper)
                heapq.heapify(self.sleepers)
                sleeper.order = next(self.clock.made)
            sleeper.is_over.set()
        self.settle()

    def wake_first(self):
        self.clock.ns = max(self.clock.ns, self.next_deadline())
        self.wake(self.sleepers[0])

    def pass_time(self, until_ns):
        """The loop is blocked until then; the threads are not."""
        self.settle()
        while self.next_deadline() <= until_ns:
            self.wake_first()
        self.clock.ns = max(self.clock.ns, until_ns)

    def pass_time_while(self, condition):
        """The loop is blocked while that holds, and some thread may end it."""
        self.settle()
        while condition() and self.next_deadline() < math.inf:
            self.wake_first()

    def finish(self):
        """The end of the program, which waits for all threads."""
        self.pass_time_while(self.running)

    # ---- what is replaced, so that executors and futures use this clock

    def of_executor(self):
        threads = self

        def submit(executor, function, /, *arguments, **options):
            return threads.submit(
                executor, functools.partial(function, *arguments, **options))

        def shutdown(executor, wait=True, *, cancel_futures=False):
            SHUTDOWN(executor, False, cancel_futures=cancel_futures)
            if wait and in_main_thread():
                threads.pass_time_while(lambda: threads.has_functions(executor))
            SHUTDOWN(executor, wait)

        return {"submit": submit, "shutdown": shutdown}

    def of_future(self):
        threads = self

        def waits(get):
            def waiting(future, timeout=None):
                if threads.is_here() and not future.done():
                    threads.wait_for(future, timeout)
                    timeout = 0
                elif timeout is None and in_main_thread():
                    threads.pass_time_while(lambda: not future.done())
                return get(future, timeout)

            return waiting

        def invoke_callbacks(future):
            INVOKE_CALLBACKS(future)
            threads.finish_function(future)

        return {"result": waits(RESULT), "exception": waits(EXCEPTION),
                "_invoke_callbacks": invoke_callbacks}


class Selector(selectors.DefaultSelector):
    """Waits for threads that compute. Otherwise the clock advances."""

    def __init__(self, clock):
        super().__init__()
        self.clock = clock
        self.loop = None

    def select(self, timeout=None):
        if timeout == 0:
            return super().select(0)
        threads, is_busy, events = self.clock.threads, True, []
        while is_busy and not events:
            is_busy = threads.is_busy() or self.loop.is_ending_threads()
            events = super().select(0.001 if is_busy else 0)
        if not events:
            timer = self.clock.ns + round(timeout * 1e9) if timeout else math.inf
            deadline = min(timer, threads.next_deadline())
            if deadline == math.inf:
                raise Deadlock
            self.clock.ns = max(self.clock.ns, deadline)
            self.loop.schedule(threads.due())
        return events


class ThreadsOfLoop(asyncio.SelectorEventLoop):
    """A part of the twin's event loop: functions in threads."""

    def __init__(self, clock):
        self.clock = clock
        self.in_threads = weakref.WeakSet()  # the futures of functions in threads
        self.has_ended_threads = False
        super().__init__(Selector(clock))
        self._selector.loop = self

    def schedule(self, sleepers):
        """Their turns come among those of the timers that are due."""
        for sleeper in sleepers:
            heapq.heappush(self._scheduled, asyncio.TimerHandle(
                Moment(*sleeper.key), self.clock.threads.wake, (sleeper,), self))

    def run_in_executor(self, executor, function, *arguments):
        future = super().run_in_executor(executor, function, *arguments)
        self.in_threads.add(future)
        return future

    def is_ending_threads(self):
        """True while a thread of asyncio shuts the default executor down, which has no
        function left.
        """
        return (self._executor_shutdown_called and self._default_executor is not None
                and not self.has_ended_threads
                and not self.clock.threads.has_functions(self._default_executor))

    def _do_shutdown(self, future):
        super()._do_shutdown(future)
        self.has_ended_threads = True
