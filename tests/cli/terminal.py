#!/usr/bin/env python3
"""Type at interleave on a terminal, and look at what is shown.

    terminal.py INTERLEAVE [plain]

`plain` leaves out what takes a line editor, for a build without one.
"""
import pathlib
import re
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True  # the source tree stays as it is
from editor import EditorTests  # noqa: E402
from keyboard import PROMPT, Stage, Terminal  # noqa: E402
from signals import SignalTests  # noqa: E402


class Tests(Stage):
    """Each test gets an empty directory."""

    def greets_and_leaves(self, home):
        with self.open(home) as terminal:
            greeting = terminal.prompt()
            assert greeting.startswith("interleave 0."), greeting
            assert re.search(r"\d+ lessons, \d+ examples\. Next: [a-z]+\.\n", greeting), \
                greeting
            terminal.type("\x04")
            assert terminal.end() == 0
            assert terminal.shown.endswith("\n"), terminal.shown[-20:]

    def leaves_by_a_command(self, home):
        for word in ("quit", "exit"):
            with self.open(home, "-q") as terminal:
                assert terminal.prompt() == "", "-q leaves the greeting out"
                terminal.type(word + "\r")
                assert terminal.end() == 0

    def shows_the_bytes_of_a_pipe_then_a_chart(self, home):
        piped = subprocess.run([self.interleave, "gather"], capture_output=True,
                               text=True, check=True).stdout
        shown = self.shown(home, "gather", "--max-pause", "0.1", NO_COLOR="1")
        before, rest = shown.split(piped)
        assert before.endswith("\n\n") or before == "\n", before
        assert rest.startswith("\ns "), rest
        assert "● runs  ─ sleeps" in rest
        assert "\n3 tasks slept 3 s in total; the example took 1 s.\n" in rest, rest

    def is_paced(self, home):
        begin = time.monotonic()
        with self.open(home, "gather", "--speed", "2", "-q") as terminal:
            terminal.wait_for('say        "One"')
            assert time.monotonic() - begin < 0.4 or "Two" not in terminal.shown
            terminal.wait_for('say        "Two"')
            assert time.monotonic() - begin >= 0.45
            assert terminal.end() == 0
            assert terminal.shown.endswith("digest=6dc908ed\n"), "no chart with -q"

    def pauses_for_a_second_at_most(self, home):
        begin = time.monotonic()
        shown = self.shown(home, "timeouts:patience", "-q")
        assert "time=3.000" in shown
        # Not near either: one second of pause, or the three that it stands for.
        assert 0.9 < time.monotonic() - begin < 2.9

    def keeps_to_the_width(self, home):
        shown = self.shown(home, "gather", "--speed", "0", "--ascii", columns=50)
        chart = shown[shown.index("\ns "):]
        assert max(map(len, chart.splitlines())) == 49, chart

    def draws_for_the_width_after_a_resize(self, home):
        with self.open(home, "gather", "--ascii", columns=70) as terminal:
            terminal.wait_for('say        "One"')
            terminal.resize(50)
            assert terminal.end() == 0
            chart = terminal.shown[terminal.shown.index("\ns "):]
            assert max(map(len, chart.splitlines())) == 49, chart

    def cuts_lines_of_the_trace_only_on_a_terminal(self, home):
        for color in ("always", "never"):
            shown = self.shown(home, "gather", "--speed", "0", "--color", color,
                               columns=50)
            assert "wait       gather(Task-2,Tas~\n" in shown, shown
            assert "digest=6dc908ed\n" in shown
        shown = self.shown(home, "gather", "-o", "/dev/tty", "--speed", "0", columns=50)
        assert "gather(Task-2,Task-3,Task-4)\n" in shown, "that is a file"
        shown = self.shown(home, "gather", "--json", "--speed", "0", columns=50)
        assert '"tasks":["Task-2","Task-3","Task-4"]' in shown

    def leaves_the_chart_out_where_it_is_narrow(self, home):
        shown = self.shown(home, "gather", "--speed", "0", "--ascii", columns=39)
        assert "\ns " not in shown
        assert shown.count("\n\n") == 2 and "3 tasks slept 3 s" in shown, shown
        with self.open(home, "-q", "--speed", "0", columns=39) as terminal:
            terminal.prompt()
            terminal.line("gather")
            assert "a chart needs 40 columns" in terminal.line("timeline")

    def keeps_prose_readable_where_it_is_wide(self, home):
        for words in (["list"], ["list", "gather"], ["about", "gather"], ["help"]):
            longest = max(map(len, self.shown(home, *words, columns=200).splitlines()))
            assert 80 < longest <= 100, (words, longest)
        shown = self.shown(home, "gather", "--speed", "0", columns=200)
        assert max(map(len, shown.splitlines())) == 199, "a chart takes it all"

    def colours_unless_it_is_switched_off(self, home):
        for env, coloured in (({}, True), ({"NO_COLOR": "1"}, False),
                              ({"CLICOLOR": "0"}, False), ({"TERM": "dumb"}, False)):
            with self.open(home, "gather", "--speed", "0", **env) as terminal:
                assert terminal.end() == 0
                assert (b"\x1b[" in terminal.raw) == coloured, env
        with self.open(home, "gather", "--speed", "0", "--color", "never") as terminal:
            assert terminal.end() == 0 and b"\x1b" not in terminal.raw

    def gives_each_task_a_colour_of_its_own(self, home):
        palettes = {"xterm": ("36", "33", "35", "32"),
                    "xterm-256color": ("38;5;32", "38;5;166", "38;5;28", "38;5;163")}
        names = ("main", "Task-2", "Task-3", "Task-4")
        for term, palette in palettes.items():
            with self.open(home, "gather", "--speed", "0", TERM=term) as terminal:
                assert terminal.end() == 0
                raw = terminal.raw.decode()
                for name, colour in zip(names, palette):
                    assert f"  \x1b[{colour}m{name}\x1b[0m " in raw, (term, name)
                    assert f"\n\x1b[{colour}m{name}" in raw, f"{name}: the row of the chart"
                    for other in set(palette) - {colour}:
                        assert f"\x1b[{other}m{name}" not in raw, (term, name)
                for word, weight in (("say", "1"), ("wait", "2")):
                    assert f"  \x1b[{weight}m{word}\x1b[0m " in raw, word
                coloured = terminal.shown
            plain = self.shown(home, "gather", "--speed", "0", TERM=term, NO_COLOR="1")
            assert coloured == plain, "colour repeats what the text says"

    def names_tasks_with_their_coroutines(self, home):
        shown = self.shown(home, "queues:bounded", "--seed", "53", "--speed", "0")
        assert "\nTask-3 producer " in shown and "\nTask-4 consumer " in shown, shown
        text = shown[shown.index("slept"):].replace("\n", " ")
        assert "Deadlock: main waits for Task-3 producer; Task-3 producer waits for a " \
            "free slot in queue items. No task, timer or input can wake them: asyncio " \
            "would hang here." in text, text
        shown = self.shown(home, "queues:bounded", "--speed", "0", columns=40)
        assert "\nTask-3 prod~ " in shown and "\nTask-4 cons~ " in shown, shown

    def writes_a_file_in_silence(self, home):
        shown = self.shown(home, "gather", "-o", "a.trace")
        assert shown == "", shown
        assert pathlib.Path(home, "a.trace").read_text().endswith("digest=6dc908ed\n")

    def says_at_the_prompt_what_it_wrote(self, home):
        with self.open(home, "--speed", "0") as terminal:
            terminal.prompt()
            assert terminal.line("gather -o a.trace").endswith(
                "wrote 1 trace, 27 events, to 'a.trace'\n")
            assert "wrote" not in terminal.line("gather -o a.trace"), "it exists"
            shown = terminal.line("run gather tasks -o b.trace --level say")
            assert re.search(r"\nwrote 2 traces, \d+ events, to 'b.trace'\n$", shown), shown
            assert "wrote" not in terminal.line("gather -o c.trace -q")
            assert "wrote" not in terminal.line("gather -o -")
            assert "wrote" not in terminal.line("gather -o /dev/full")

    def lists_under_headings(self, home):
        shown = self.shown(home, "list")
        assert re.match(r"  [a-z ]+\n   >  [a-z]+ ", shown), shown
        assert re.search(r" \d+ examples\n", shown)
        shown = self.shown(home, "list", "counters")
        assert "\n        gather:counters" in shown, shown

    def remembers_what_was_seen(self, home):
        first, second = re.findall(r"^   [> ]  (\S+)", self.shown(home, "list"), re.M)[:2]
        assert f"lesson={first} " in self.shown(home, "next", "--speed", "0", "--no-state")
        assert f"\n   >  {first} " in self.shown(home, "list"), "--no-state leaves nothing"
        subprocess.run([self.interleave, first], capture_output=True, check=True)
        assert f"lesson={first} " in self.shown(home, "next", "--speed", "0"), \
            "what goes into a pipe was not seen"
        assert f"lesson={second} " in self.shown(home, "next", "--speed", "0")
        shown = self.shown(home, "list")
        assert f"\n   x  {first} " in shown and f"\n   x  {second} " in shown, shown
        with self.open(home) as terminal:
            assert re.search(r" examples, 2 seen\. Next: ", terminal.prompt())
            terminal.type("\x04")
        file = pathlib.Path(home, "state/interleave/progress.jsonl")
        assert file.stat().st_mode & 0o777 == 0o600
        assert file.read_text().startswith(f'{{"seen": "{first}:')
        file.write_text('{"seen": "no:such"}\nnonsense\n{"quiz": 3}\n' + file.read_text())
        assert f"\n   x  {first} " in self.shown(home, "list"), "other lines are skipped"
        assert f"\n   >  {first} " in self.shown(home, "list", "--no-state")
        names = re.findall(r"^   [x> ]  (\S+)", shown, re.M)
        self.shown(home, "run", *names, "--speed", "0")
        assert "were seen" in self.shown(home, "next")

    def marks_the_waits_of_a_source(self, home):
        shown = self.shown(home, "show", "gather")
        assert "\n  7 >     await(co_sleep(1));\n" in shown, shown
        assert "\n  3\n" in shown and "\n  9       return 0;\n" in shown, shown
        assert shown.count(" > ") == 2, shown
        assert shown.endswith(
            "\n> marks where the task may wait, while other tasks run.\n"
            "This is gather:counters; 'interleave about gather' shows the other "
            "examples.\n")
        shown = self.shown(home, "show", "locks:counter", "--python")
        assert "\n 12 >         async with lock:\n" in shown, shown
        assert shown.endswith("other tasks run.\n"), "its name was typed"
        assert "marks" not in self.shown(home, "show", "gather", "-q")

    def mentions_once_what_is_not_traced(self, home):
        hint = "'--level loop' also shows"
        with self.open(home, "--speed", "0") as terminal:
            terminal.prompt()
            for line, hinted in (("gather", False), ("locks", False),
                                 ("events --level task", False),
                                 ("events", True), ("javascript", False)):
                shown = terminal.line(line).replace("\n", " ")
                assert (hint in shown) == hinted, f"{line}: {shown}"

    def says_once_that_a_seed_changes_nothing(self, home):
        sentence = "gather:counters has no random numbers: --seed changes nothing."
        with self.open(home, "--speed", "0") as terminal:
            terminal.prompt()
            for line, said in (("gather:counters", False),
                               ("queues:bounded --seed 7", False),
                               ("gather:counters --seed 7", True),
                               ("gather:counters --seed 7", False)):
                shown = terminal.line(line).replace("\n", " ")
                assert (sentence in shown) == said, f"{line}: {shown}"
        assert "changes nothing" not in self.shown(home, "gather", "--seed", "7", "-q",
                                                   "--speed", "0")

    def repeats_the_last_chart(self, home):
        with self.open(home, "-q", "--speed", "0") as terminal:
            terminal.prompt()
            assert "nothing has run yet" in terminal.line("timeline")
            terminal.line("gather")
            assert "\nTask-4 " in terminal.line("timeline")

    def continues_after_an_error(self, home):
        with self.open(home, "-q") as terminal:
            terminal.prompt()
            shown = terminal.line("run zzzzzz")
            assert shown.endswith("no lesson 'zzzzzz'. ('list' shows all)\n"), shown
            assert "about" in terminal.line("help")
            assert terminal.line("").strip() == ""

    def takes_lines_as_a_shell_has_them(self, home):
        with self.open(home, "-q") as terminal:
            terminal.prompt()
            assert "quit - leave" in terminal.line("interleave help quit")
            assert "which command? ('help'" in terminal.line("interleave")

    def keeps_what_is_typed_during_a_run(self, home):
        with self.open(home, "-q") as terminal:
            terminal.prompt()
            terminal.type("gather --speed 2\r")
            terminal.wait_for('say        "One"')
            terminal.type("help quit\r")
            terminal.prompt()
            assert "quit - leave" in terminal.prompt()

    def is_plain_on_a_dumb_terminal(self, home):
        with self.open(home, "-q", TERM="dumb") as terminal:
            terminal.prompt()
            assert "quit - leave" in terminal.line("help quit")
            terminal.type("\x04")
            assert terminal.end() == 0
            assert b"\x1b" not in terminal.raw

    def keeps_the_prompt_out_of_a_file(self, home):
        with Terminal(["sh", "-c", f"'{self.interleave}' -q > out; echo end $?"],
                      home) as terminal:
            terminal.prompt()
            terminal.line("help quit")
            terminal.type("\x04")
            terminal.wait_for("end 0")
            terminal.end()
        shown = pathlib.Path(home, "out").read_text()
        assert shown.startswith("quit - leave") and PROMPT not in shown, shown


def main(interleave, plain=None):
    passed = failed = 0
    tests = [(stage(interleave), name)
             for stage in [Tests, SignalTests] + ([] if plain else [EditorTests])
             for name in vars(stage) if not name.startswith("_")]
    for stage, name in tests:
        with tempfile.TemporaryDirectory() as home:
            try:
                getattr(stage, name)(home)
                passed += 1
            except Exception as error:  # a failure must not stop the other tests
                print(f"{name}: {type(error).__name__}: {error}")
                failed += 1
    print(f"{passed} passed, {failed} failed")
    return failed > 0


sys.exit(main(*sys.argv[1:]))
