#!/usr/bin/env python3
"""Type at interleave on a terminal, and look at what is shown.

    terminal.py INTERLEAVE [plain]

`plain` leaves out what takes a line editor, for a build without one.
"""
import fcntl
import os
import pathlib
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time

PROMPT = "interleave> "
PATIENCE = 20  # seconds until something that should come is given up


class Terminal:
    """A program on a terminal of its own, and everything it has shown so far."""

    def __init__(self, words, home, columns=80, **env):
        self.shown, self.seen, self.raw = "", 0, b""
        self.process, self.fd = pty.fork()
        if self.process == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
            keep = {name: value for name, value in os.environ.items()
                    if name.endswith("SAN_OPTIONS")}
            os.chdir(home)
            os.execvpe(words[0], words, keep | {
                "PATH": "/usr/bin:/bin", "HOME": home, "LC_ALL": "C.UTF-8",
                "TERM": "xterm", "XDG_STATE_HOME": f"{home}/state"} | env)

    def type(self, text):
        os.write(self.fd, text.encode())

    def read(self, seconds):
        """Take in what comes within this time; False at the end of it all."""
        if not select.select([self.fd], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            return False
        self.raw += data
        text = self.raw.decode("utf-8", "ignore")
        text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]", "", text)
        self.shown = text.replace("\r\n", "\n")
        return len(data) > 0

    def wait_for(self, text):
        """Wait until this is shown, after what was waited for before."""
        deadline = time.monotonic() + PATIENCE
        while text not in self.shown[self.seen:]:
            left = deadline - time.monotonic()
            if left < 0 or not self.read(left):
                raise AssertionError(
                    f"no {text!r} in what was shown: {self.shown[self.seen:]!r}")
        begin = self.shown.index(text, self.seen)
        before, self.seen = self.shown[self.seen:begin], begin + len(text)
        return before

    def prompt(self):
        return self.wait_for(PROMPT)

    def line(self, text):
        """Type a line, and return what is shown before the next prompt."""
        self.type(text + "\r")
        return self.prompt()

    def end(self):
        """Wait for its end: the exit status, or minus the signal."""
        deadline = time.monotonic() + PATIENCE
        while self.read(max(0, deadline - time.monotonic())):
            if time.monotonic() > deadline:
                os.kill(self.process, signal.SIGKILL)
                os.waitpid(self.process, 0)
                raise AssertionError(f"it does not end: {self.shown[-200:]!r}")
        _, status = os.waitpid(self.process, 0)
        os.close(self.fd)
        return os.waitstatus_to_exitcode(status)


class Stage:
    """What the tests below have in common."""

    def __init__(self, interleave):
        self.interleave = str(pathlib.Path(interleave).resolve())

    def open(self, home, *words, **env):
        return Terminal([self.interleave, *words], home, **env)

    def completed(self, home, *lines):
        """What becomes of lines with a Tab in them: the history tells."""
        terminal = self.open(home, "-q", "--speed", "0")
        terminal.prompt()
        for line in lines:
            terminal.line(line)
        history = pathlib.Path(home, "state/interleave/history").read_text()
        return [line.replace("\\040", " ").replace("\\012", "")
                for line in history.splitlines()[1:]]


class Tests(Stage):
    """Each takes an empty directory; what it asserts is what a user relies on."""

    def greets_and_leaves(self, home):
        terminal = self.open(home)
        greeting = terminal.prompt()
        assert greeting.startswith("interleave 0."), greeting
        assert re.search(r"\d+ lessons, \d+ examples\.\n", greeting), greeting
        terminal.type("\x04")
        assert terminal.end() == 0
        assert terminal.shown.endswith("\n"), terminal.shown[-20:]

    def leaves_by_word(self, home):
        for word in ("quit", "exit"):
            terminal = self.open(home, "-q")
            assert terminal.prompt() == "", "-q leaves the greeting out"
            terminal.type(word + "\r")
            assert terminal.end() == 0

    def shows_the_bytes_of_a_pipe_then_a_chart(self, home):
        piped = subprocess.run([self.interleave, "gather"], capture_output=True,
                               text=True, check=True).stdout
        terminal = self.open(home, "gather", "--max-pause", "0.1", NO_COLOR="1")
        assert terminal.end() == 0
        assert terminal.shown.startswith(piped), terminal.shown
        rest = terminal.shown[len(piped):]
        assert rest.startswith("\ns "), rest
        assert "● runs  ─ sleeps" in rest
        assert "\n3 tasks slept 3 s in total; the lesson took 1 s.\n" in rest, rest
        assert "\nAlso here: gather:" in rest, rest
        assert " ('interleave run gather --all' runs them all)." in \
            rest.replace("\n", " "), rest

    def is_paced(self, home):
        begin = time.monotonic()
        terminal = self.open(home, "gather", "--speed", "2", "-q")
        terminal.wait_for('say        "One"')
        assert time.monotonic() - begin < 0.4 or "Two" not in terminal.shown
        terminal.wait_for('say        "Two"')
        assert time.monotonic() - begin >= 0.45
        assert terminal.end() == 0
        assert terminal.shown.endswith("digest=0953cc51\n"), "-q leaves the chart out"

    def keeps_to_the_width(self, home):
        terminal = self.open(home, "gather", "--speed", "0", "--ascii", columns=50)
        assert terminal.end() == 0
        chart = terminal.shown[terminal.shown.index("\ns "):]
        assert max(map(len, chart.splitlines())) == 49, chart

    def colours_unless_told_otherwise(self, home):
        for env, coloured in (({}, True), ({"NO_COLOR": "1"}, False),
                              ({"CLICOLOR": "0"}, False), ({"TERM": "dumb"}, False)):
            terminal = self.open(home, "gather", "--speed", "0", **env)
            assert terminal.end() == 0
            assert (b"\x1b[" in terminal.raw) == coloured, env
        terminal = self.open(home, "gather", "--speed", "0", "--color", "never")
        assert terminal.end() == 0 and b"\x1b" not in terminal.raw

    def writes_a_file_in_silence(self, home):
        terminal = self.open(home, "gather", "-o", "a.trace")
        assert terminal.end() == 0
        assert terminal.shown == "", terminal.shown
        assert pathlib.Path(home, "a.trace").read_text().endswith("digest=0953cc51\n")

    def lists_under_headings(self, home):
        terminal = self.open(home, "list")
        assert terminal.end() == 0
        assert terminal.shown.startswith("  basics\n    gather"), terminal.shown
        assert re.search(r" \d+ examples\n", terminal.shown)
        terminal = self.open(home, "list", "counters")
        assert terminal.end() == 0
        assert "\n      gather:counters" in terminal.shown, terminal.shown

    def repeats_the_last_chart(self, home):
        terminal = self.open(home, "-q", "--speed", "0")
        terminal.prompt()
        assert "nothing has run yet" in terminal.line("timeline")
        terminal.line("gather")
        assert "\nTask-4 " in terminal.line("timeline")

    def goes_on_after_an_error(self, home):
        terminal = self.open(home, "-q")
        terminal.prompt()
        shown = terminal.line("run zzzzzz")
        assert shown.endswith("no lesson 'zzzzzz'. ('list' shows all)\n"), shown
        assert "about" in terminal.line("help")
        assert terminal.line("").strip() == ""

    def cancels_a_lesson_at_ctrl_c(self, home):
        terminal = self.open(home, "-q", "--level", "task")
        terminal.prompt()
        terminal.type("gather --speed 0.01 --max-pause 60\r")
        terminal.wait_for('say        "One"')
        time.sleep(0.2)
        terminal.type("\x03")
        shown = terminal.prompt()
        assert re.search(r"-         cancel     main sigint\n", shown), shown
        assert re.search(r" Task-2 +cancelled\n", shown), shown
        assert "# end=cancelled " in shown, shown
        assert "gather" in terminal.line("list"), "and the prompt is back"

    def dies_by_the_signal_outside_the_prompt(self, home):
        for words in (["gather"], ["run", "--all"]):
            terminal = self.open(home, *words, "--speed", "0.01", "--max-pause", "60")
            terminal.wait_for('say        "One"')
            time.sleep(0.2)
            terminal.type("\x03")
            assert terminal.end() == -signal.SIGINT, terminal.shown
            assert "# end=cancelled" in terminal.shown
            assert "sequential" not in terminal.shown, "no other example follows"

    def clears_the_line_at_ctrl_c(self, home):
        terminal = self.open(home, "-q")
        terminal.prompt()
        terminal.type("run zzz")
        time.sleep(0.2)
        terminal.type("\x03")
        terminal.prompt()
        assert "no lesson" not in terminal.line("")
        terminal.type("\x03")
        terminal.prompt()
        terminal.type("\x03")
        assert "Ctrl-D leaves." in terminal.prompt()

    def gives_up_a_trace_at_ctrl_c(self, home):
        terminal = self.open(home, "-q", "--ascii")
        terminal.prompt()
        for last in ("\x03", "\x04"):
            terminal.type("timeline -\r")
            time.sleep(0.3)  # the editor has let go of the terminal
            terminal.type("    0.000  A  start\r" + last)
            if last == "\x03":
                assert "Interrupted" in terminal.prompt()
        assert "\nA      *" in terminal.prompt(), terminal.shown
        assert "quit - leave" in terminal.line("help quit")

    def keeps_what_is_typed_during_a_run(self, home):
        terminal = self.open(home, "-q")
        terminal.prompt()
        terminal.type("gather --speed 2\r")
        terminal.wait_for('say        "One"')
        terminal.type("help quit\r")
        terminal.prompt()
        assert "quit - leave" in terminal.prompt()

    def is_plain_on_a_dumb_terminal(self, home):
        terminal = self.open(home, "-q", TERM="dumb")
        terminal.prompt()
        assert "quit - leave" in terminal.line("help quit")
        terminal.type("\x04")
        assert terminal.end() == 0
        assert b"\x1b" not in terminal.raw

    def keeps_the_prompt_out_of_a_file(self, home):
        terminal = Terminal(["sh", "-c", f"'{self.interleave}' -q > out; echo end $?"],
                            home)
        terminal.prompt()
        terminal.line("help quit")
        terminal.type("\x04")
        terminal.wait_for("end 0")
        terminal.end()
        shown = pathlib.Path(home, "out").read_text()
        assert shown.startswith("quit - leave") and PROMPT not in shown, shown

    # What takes an editor.

    def edit_types_again_what_was_meant(self, home):
        terminal = self.open(home, "-q", "--speed", "0")
        terminal.prompt()
        assert "no lesson or command 'gahter'. Did you mean 'gather'?" in \
            terminal.line("gahter")
        terminal.wait_for("gather")
        assert "# end=ok" in terminal.line("")
        assert "Did you mean '--speed'?" in terminal.line("gather:counters --sped 0")
        terminal.wait_for("gather:counters --speed 0")
        terminal.type("\x15")
        assert "quit - leave" in terminal.line("help quit"), "Ctrl-U clears it"

    def edit_completes(self, home):
        typed = {
            "lis\t": "list ",
            "ga\t": "gather",
            "gather:coun\t": "gather:counters ",
            "run gather:coun\t": "run gather:counters ",
            "run --lev\tta\tgather": "run --level task gather",
            "run --clock=vi\tgather": "run --clock=virtual gather",
            "about ga\t": "about gather",
            "help tim\to\t": "help timeouts ",
            "gather --no\t": "gather --no-header ",
            "nonsense\t": "nonsense",
            "list zzz\t": "list zzz",
        }
        assert self.completed(home, *typed) == list(typed.values())

    def edit_completes_files(self, home):
        pathlib.Path(home, "morning.trace").write_text("    0.000  A         start\n")
        pathlib.Path(home, "more").mkdir()
        pathlib.Path(home, "more/a.trace").touch()
        typed = {"timeline morn\t": "timeline morning.trace ",
                 "timeline more\t\t": "timeline more/a.trace "}
        assert self.completed(home, *typed) == list(typed.values())

    def edit_shows_what_there_is_to_choose_from(self, home):
        terminal = self.open(home, "-q")
        terminal.prompt()
        terminal.type("gather\t")
        terminal.wait_for("gather:counters")
        terminal.type("\x15tim\t\t")
        terminal.wait_for("timeline  timeouts")

    def edit_remembers(self, home):
        terminal = self.open(home, "-q")
        terminal.prompt()
        terminal.line("help quit")
        terminal.type("\x1b[A")
        terminal.wait_for("help quit")
        assert "quit - leave" in terminal.line("")
        terminal.type("\x04")
        assert terminal.end() == 0
        history = pathlib.Path(home, "state/interleave/history")
        assert history.stat().st_mode & 0o777 == 0o600
        assert history.parent.stat().st_mode & 0o777 == 0o700
        terminal = self.open(home, "-q")
        terminal.prompt()
        terminal.type("\x1b[A")
        terminal.wait_for("help quit")
        assert "quit - leave" in terminal.line("")

    def edit_lives_without_a_home(self, home):
        terminal = self.open(home, "-q", XDG_STATE_HOME="/dev/null/state", HOME="")
        terminal.prompt()
        assert "quit - leave" in terminal.line("help quit")
        terminal.type("\x04")
        assert terminal.end() == 0

    def edit_knows_letters_of_two_bytes(self, home):
        terminal = self.open(home, "-q")
        terminal.prompt()
        assert "quit - leave" in terminal.line("help qu\u00e9\u00e8\x7f\x7fit")

    def edit_gives_the_terminal_back(self, home):
        terminal = Terminal(["sh", "-c", f"stty -a > before; '{self.interleave}' -q; "
                             "stty -a > after; echo end"], home)
        terminal.prompt()
        terminal.line("list")
        terminal.type("\x04")
        terminal.wait_for("end")
        terminal.end()
        assert pathlib.Path(home, "before").read_text() == \
            pathlib.Path(home, "after").read_text()


def main(interleave, plain=None):
    passed = failed = 0
    tests = Tests(interleave)
    names = [name for name in vars(Tests) if not name.startswith("_")]
    for name in names:
        if plain and name.startswith("edit_"):
            continue
        with tempfile.TemporaryDirectory() as home:
            try:
                getattr(tests, name)(home)
                passed += 1
            except AssertionError as error:
                print(f"{name}: {error}")
                failed += 1
    print(f"{passed} passed, {failed} failed")
    return failed > 0


sys.exit(main(*sys.argv[1:]))
