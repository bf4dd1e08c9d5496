"""Statistics of what random programs do."""
import collections
import itertools

from statements import ALL

RARE = 20  # rarest pairs of statements that are printed


class Statistics:
    def __init__(self) -> None:
        self.programs = 0
        self.lines: list[int] = []
        self.having: collections.Counter[str] = collections.Counter()
        self.times: collections.Counter[str] = collections.Counter()
        self.programs_with: collections.Counter[str] = collections.Counter()
        self.pairs: collections.Counter[tuple[str, str]] = collections.Counter()

    def see(self, lines: list[str]) -> None:
        """Count the lines that CPython prints for a program."""
        self.programs += 1
        self.lines.append(len(lines))
        words = [line.split(" ", 3)[3] for line in lines]
        tasks = len({line.split()[2] for line in lines} - {"-"})
        for what, has in {
            "three tasks or more that print": tasks >= 3,
            "a cancellation that arrives": any("CancelledError" in w for w in words),
            "a timeout": any("TimeoutError" in w or "expired True" in w for w in words),
            "an error": any("Error('" in word for word in words),
            "a group of errors": any("Group('" in word for word in words),
            "a deadlock": words[-1:] == ["deadlock"],
            "a circle, where the comparison ends": words[-1:] == ["circle"],
            "fewer than five lines": len(lines) < 5,
        }.items():
            self.having[what] += has

    def reach(self, words: dict[str, int]) -> None:
        """Count the statements that a program has run."""
        self.times.update(words)
        self.programs_with.update(words.keys())
        self.pairs.update(itertools.combinations(sorted(words), 2))

    def print(self) -> None:
        self.lines.sort()
        print("lines: median {}, tenth {}, ninety-ninth percentile {}".format(
            *(self.lines[int(self.programs * part)] for part in (0.5, 0.1, 0.99))))
        for what, number in self.having.most_common():
            print(f"{number / self.programs:7.1%} have {what}")
        print("statements: how often they were run, and in how many programs")
        for word, number in self.times.most_common():
            print(f"{number:9} {self.programs_with[word]:9} {word}")
        self.print_pairs()

    def print_pairs(self) -> None:
        known = sorted(set(ALL) - {"wait_future"} | set(self.times))
        pairs = {pair: self.pairs[pair] for pair in itertools.combinations(known, 2)}
        never = sum(number == 0 for number in pairs.values())
        print(f"{len(pairs) - never} of {len(pairs)} pairs of them occur in one program;"
              " the rarest:")
        for (one, other), number in sorted(pairs.items(), key=lambda p: p[1])[:RARE]:
            print(f"{number:9} {one}, {other}")
