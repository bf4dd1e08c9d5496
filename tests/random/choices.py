"""The numbers in random statements, chosen so that tasks often meet at one object."""
import random
import typing

from tree import (COROUTINES, FOREVER, FUTURES_FROM, GENERATORS, LIMITS, SLOTS, TIMERS,
                  VARIABLES)
from statements import ALL, THEMES

DELAYS = [0, 0, 0, 100, 100, 100, 200, 200, 300, 50]
TIME_LIMITS = [-100, 0, 0, 50, 100, 100, 100, 200, 200, 300, FOREVER]
MAX_RUNS = 32  # of units, if every statement is reached
GATHERINGS_FROM = 4  # slots below are for tasks


class Choices:
    def __init__(self, seed: int, themes: typing.Collection[str]):
        self.random = random.Random(seed)
        self.choice = self.random.choice
        self.themes = set(self.random.sample(THEMES, self.choice([1, 1, 2, 2, 3])))
        self.themes |= set(themes)
        self.weights = {
            name: word.weight * (5 if self.themes & set(word.themes.split()) else 1)
            for name, word in ALL.items()}
        self.labels = 0
        self.runs: dict[int, int] = {}  # how many units run if this one does
        # The units made so far, which follow this one in the program.
        self.units: dict[str, list[int]] = {"task": [], "callback": [], "generator": []}
        self.mine: list[int] = []  # slots that this unit has filled
        self.factor = 1  # how often this place of the unit is reached
        self.cost = 0  # runs of units that this one causes so far

    def chance(self, probability: float) -> bool:
        return self.random.random() < probability

    # ---- units -------------------------------------------------------------------

    def use(self, kind: str) -> int | None:
        """A unit that does not make the program too long."""
        possible = [unit for unit in self.units[kind]
                    if self.cost + self.factor * self.runs[unit] <= MAX_RUNS]
        if not possible:
            return None
        unit = self.choice(possible)
        self.cost += self.factor * self.runs[unit]
        return unit

    def task(self) -> int | None:
        return self.use("task")

    def callback(self) -> int | None:
        return self.use("callback")

    def generator(self) -> int | None:
        return self.use("generator")

    # ---- labels ---------------------------------------------------------------

    def label(self) -> int:
        self.labels += 1
        return self.labels

    def name(self) -> int:
        return self.label() if self.chance(0.15) else 0

    def message(self) -> int:
        """The message of a cancellation; 0: none."""
        often = "messages" in self.themes
        return self.label() if self.chance(0.7 if often else 0.2) else 0

    def few(self) -> int:
        return self.choice([1, 1, 2])

    # ---- times -------------------------------------------------------------------

    def delay(self) -> int:
        return self.choice(DELAYS)

    def while_busy(self) -> int:
        return self.choice([50, 100, 150])

    def limit(self) -> int:
        return self.choice(TIME_LIMITS)

    def finite_limit(self) -> int:
        return self.choice(TIME_LIMITS[:-1])

    # ---- places ------------------------------------------------------------------

    def slot(self) -> int:
        """A slot that mostly has something to wait for."""
        if self.mine and self.chance(0.7):
            return self.choice(self.mine)
        return self.choice([0, 0, 1, 1, 2, 2, 3, 4, 4, 5, 6, 6, 7, 7])

    def own_slot(self) -> int:
        """A slot for a new task."""
        slot = self.random.randrange(GATHERINGS_FROM)
        self.mine.append(slot)
        return slot

    def gathering_slot(self) -> int:
        slot = self.random.randrange(GATHERINGS_FROM, FUTURES_FROM)
        self.mine.append(slot)
        return slot

    def any_slot(self) -> int:
        return self.random.randrange(FUTURES_FROM)

    def plain(self) -> int:
        return self.random.randrange(FUTURES_FROM, SLOTS)

    def shared(self) -> int:
        """A lock, semaphore, event or queue: mostly the same one."""
        return self.choice([0, 0, 0, 1])

    def shared_limit(self) -> int:
        return self.random.randrange(LIMITS)

    def timer(self) -> int:
        return self.random.randrange(TIMERS)

    def variable(self) -> int:
        return self.random.randrange(VARIABLES)

    def coroutine(self) -> int:
        return self.random.randrange(COROUTINES)

    def generator_slot(self) -> int:
        return self.choice([0, 0, *range(GENERATORS)])
