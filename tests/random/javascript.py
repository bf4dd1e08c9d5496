#!/usr/bin/env python3
"""Run random programs of JavaScript on the engine and in Node, and compare them line for
line, in order and in time.

usage: javascript.py INTERPRETER [--count N] [--first N] [--show SEED]

Each seed makes one small program: async functions and generators that await, resolve and
reject promises, combine them, set timers and queue microtasks. The first programs that
differ are shown. Needs Node 18 or newer; without it the test is skipped.
"""
import argparse
import pathlib
import random
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True  # the source tree stays as it is
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import node_parity  # noqa: E402, found by the line above

SLOTS = 6
SHOWN = 3  # differences that are shown

PRELUDE = """
const slots = Array.from({ length: 6 }, (_, i) => Promise.resolve(i));
const resolvers = [], iterators = [];

function show(value) {
    if (value instanceof Error) return value.message;
    if (value instanceof Promise) return "promise";
    if (Array.isArray(value)) return `[${value.map((item) => `${show(item)};`).join("")}]`;
    if (value?.status) return show(value.status === "rejected" ? value.reason : value.value);
    if (typeof value?.done === "boolean") return `{${show(value.value)} ${Number(value.done)}}`;
    return String(value);
}

const print = (what, text) => console.log(`${what} ${text}`);
const makeNew = (i) => new Promise((resolve, reject) => { resolvers[i] = { resolve, reject }; });
const sleep = (delay) => new Promise((resolve) => setTimeout(resolve, delay));
"""


class Maker:
    """Makes a program: a list of functions, each of them lines of words."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.count = 0  # of numbers that tell values and errors apart
        n = self.random.randint(6, 16)
        self.kinds = ["async"] + [self.random.choice(["async", "async", "generator", "plain"])
                                  for _ in range(n)] + ["async"]
        self.lines = []
        for k in range(n + 1):
            self.function(k)
        self.ticks(n + 1)

    def number(self):
        self.count += 1
        return self.count

    def slot(self):
        return self.random.randrange(SLOTS)

    def after(self, k, kind):
        """A function of this kind that has a greater number, so that no call is endless."""
        found = [j for j in range(k + 1, len(self.kinds)) if self.kinds[j] == kind]
        return self.random.choice(found) if found else None

    def operand(self):
        return f"slot {self.slot()}" if self.random.random() < 0.3 else f"{self.number()}"

    def function(self, k):
        self.generators = set()  # in slots of iterators, made by this function
        self.lines.append(f"{self.kinds[k]} {k}")
        if k == 0:
            self.call_all()
        self.block(k, self.random.randint(3, 9), 0, False)
        self.lines.append("end")

    def ticks(self, k):
        """A function that counts turns, beside which the turns of others show."""
        self.lines.append(f"async {k}")
        for _ in range(20):
            self.lines += ["turn", f"say {self.number()}"]
        self.lines.append("end")

    def call_all(self):
        """Most functions run, and at the same time."""
        for j, kind in enumerate(self.kinds):
            if j > 0 and kind == "async" and self.random.random() < 0.8:
                i = self.slot()
                self.lines += [f"let {i} call {j}", f"guard {i}"]

    def block(self, k, length, depth, in_loop):
        for _ in range(length):
            self.statement(k, depth, in_loop)
        if self.random.random() < (0.04 if self.kinds[k] == "plain" else 0.15):
            self.lines.append(self.random.choice([f"throw {self.number()}",
                                                  f"return {self.operand()}"]))
        elif in_loop and self.random.random() < 0.4:
            self.lines.append("break")

    def let(self, k):
        i = self.slot()
        how = self.random.choice(["call", "call", "call", "sleep", "sleep", "new", "new",
                                  "resolved", "rejected", "then", "then", "catch", "finally",
                                  "all", "race", "settled", "next", "next", "return"])
        handler = self.after(k, "plain")
        if how == "call":
            callee = self.after(k, "async")
            how = None if callee is None else f"call {callee}"
        elif how == "sleep":
            how = f"sleep {self.random.randrange(5)}"
        elif how == "resolved":
            how = f"resolved {self.operand()}"
        elif how == "rejected":
            how = f"rejected {self.number()}"
        elif how in ("then", "catch", "finally"):
            how = None if handler is None else f"{how} {self.slot()} {handler}"
        elif how in ("all", "race", "settled"):
            how = f"{how} {self.slot()} {self.slot()}"
        elif how in ("next", "return"):
            how = (f"{how} {self.random.choice(sorted(self.generators))}" if self.generators
                   else None)
        if how:
            self.lines.append(f"let {i} {how}")
            if self.random.random() < 0.97:
                self.lines.append(f"guard {i}")
            if self.kinds[k] != "plain" and self.random.random() < 0.5:
                self.lines += ["try", f"await {i}", "catch", "end"]

    def statement(self, k, depth, in_loop):
        kind = self.kinds[k]
        choices = ["say", "say", "let", "let", "let", "let", "resolve", "reject", "generate",
                   "microtask", "timer"]
        if kind != "plain":
            choices += ["await"] * 4 + ["turn"] * 2
            if depth < 2:
                choices += ["try", "try"] + ["for"] * 3
        if kind == "generator":
            choices += ["yield"] * 6
        what = self.random.choice(choices)
        if what == "let":
            self.let(k)
        elif what in ("say", "yield", "await", "turn"):
            self.lines.append(f"{what} " + {
                "say": str(self.number()), "yield": self.operand(), "await": str(self.slot()),
                "turn": ""}[what])
        elif what == "resolve":
            self.lines.append(f"resolve {self.slot()} {self.operand()}")
        elif what == "reject":
            self.lines.append(f"reject {self.slot()} {self.number()}")
        elif what in ("try", "for"):
            self.compound(k, depth, in_loop, what)
        else:
            self.use_function(k, what)

    def use_function(self, k, what):
        j = self.after(k, "generator" if what == "generate" else "plain")
        if j is None:
            return
        if what == "generate":
            i = self.slot()
            self.generators.add(i)
            self.lines.append(f"generate {i} {j}")
        elif what == "microtask":
            self.lines.append(f"microtask {j}")
        else:
            self.lines.append(f"timer {self.random.randrange(5)} {j}")

    def compound(self, k, depth, in_loop, what):
        j = self.after(k, "generator")
        if what == "for" and j is None:
            return
        before = set(self.generators)
        self.lines.append("try" if what == "try" else f"for {j}")
        self.block(k, self.random.randint(1, 3), depth + 1, in_loop or what == "for")
        if what == "try":
            self.generators = set(before)
            self.lines.append("catch")
            self.block(k, self.random.randint(0, 2), depth + 1, in_loop)
        self.generators = before
        self.lines.append("end")


def operand(words):
    return f"slots[{words[1]}]" if words[0] == "slot" else words[0]


def promise(i, how, a=None, b=None):
    """The expression of `let`."""
    if how in ("then", "catch", "finally"):
        return f"slots[{a}].{how}(f{b})"
    if how in ("all", "race", "settled"):
        name = {"settled": "allSettled"}.get(how, how)
        return f"Promise.{name}([slots[{a}], slots[{b}]])"
    return {"call": f"f{a}()", "sleep": f"sleep({a})", "new": f"makeNew({i})",
            "resolved": f"Promise.resolve({operand([a, b])})",
            "rejected": f'Promise.reject(new Error("e{a}"))',
            "next": f"iterators[{a}].next()", "return": f"iterators[{a}].return()"}[how]


def statement(words):
    what, *rest = words
    a, b = (rest + [None, None])[:2]
    if what == "let":
        return f"slots[{a}] = {promise(a, *rest[1:])};"
    if what in ("resolve", "yield", "return"):
        value = operand(rest[what == "resolve":])
        return {"resolve": f"resolvers[{a}]?.resolve({value});", "yield": f"yield {value};",
                "return": f"return {value};"}[what]
    return {
        "async": f"async function f{a}() {{",
        "generator": f"async function* f{a}() {{",
        "plain": f'function f{a}(value) {{ print("value", show(value));',
        "end": "}",
        "say": f'print("say", "{a}");',
        "await": f'print("await", show(await slots[{a}]));',
        "turn": "await null;",
        "guard": f"slots[{a}].catch(() => {{}});",
        "reject": f'resolvers[{a}]?.reject(new Error("e{b}"));',
        "generate": f"iterators[{a}] = f{b}();",
        "microtask": f"queueMicrotask(f{a});",
        "timer": f"setTimeout(f{b}, {a});",
        "throw": f'throw new Error("e{a}");',
        "try": "try {",
        "catch": '} catch (error) { print("caught", show(error));',
        "for": f'for await (const value of f{a}()) {{ print("of", show(value));',
        "break": "break;",
    }[what]


def javascript(lines):
    return PRELUDE + "\n".join(statement(line.split()) for line in lines) + "\nf0();\n"


def on_engine(interpreter, lines):
    done = subprocess.run([interpreter], input="".join(f"{line}\n" for line in lines),
                          capture_output=True, text=True, timeout=60)
    return done.stdout.splitlines() or [f"exit status {done.returncode}", done.stderr]


def in_node(lines):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "random.js")
        path.write_text(javascript(lines), "utf-8")
        (*printed, end), _ = node_parity.node_side(path, 0)
    return [f"{us // 1000} {text}" for us, text in printed] + [
        f"{end[0] // 1000} {end[1].removeprefix('# end=')}"]


def show(seed, lines, engine, node):
    print(f"seed {seed}", javascript(lines), sep="\n")
    same = next((i for i, (a, b) in enumerate(zip(engine, node)) if a != b),
                min(len(engine), len(node)))
    for side, printed in (("", node[:same]), ("engine", engine[same:]), ("node", node[same:])):
        for line in printed:
            print(f"  {side:6} {line}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("interpreter")
    parser.add_argument("--count", type=int, default=60)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--show", type=int, metavar="SEED")
    options = parser.parse_args()

    node_parity.skip_without_node()
    failed = 0
    if options.show is not None:
        options.first, options.count = options.show, 1
    for seed in range(options.first, options.first + options.count):
        lines = Maker(seed).lines
        engine, node = on_engine(options.interpreter, lines), in_node(lines)
        failed += engine != node
        if (engine != node and failed <= SHOWN) or seed == options.show:
            show(seed, lines, engine, node)
    print(f"{options.count - failed} passed, {failed} failed")
    return 1 if failed or not options.count else 0


if __name__ == "__main__":
    sys.exit(main())
