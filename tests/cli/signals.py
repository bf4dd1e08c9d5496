"""Ctrl-C and the other signals of a terminal, at the prompt and during a run."""
import re
import signal
import time

from keyboard import PATIENCE, Stage, Terminal


class SignalTests(Stage):
    """Each test gets an empty directory."""

    def cancels_a_lesson_at_ctrl_c(self, home):
        with self.open(home, "-q", "--level", "task") as terminal:
            terminal.prompt()
            terminal.type("gather --speed 0.01 --max-pause 60\r")
            terminal.wait_for('say        "One"')
            time.sleep(0.2)
            terminal.type("\x03")
            shown = terminal.prompt()
            assert re.search(r"\n    0\.\d{3}  -         cancel     main sigint\n",
                             shown), shown
            assert re.search(r" Task-2 +cancelled\n", shown), shown
            assert "# end=cancelled " in shown, shown
            assert "gather" in terminal.line("list"), "and the prompt is back"

    def abandons_a_lesson_at_the_second_ctrl_c(self, home):
        with self.open(home, "-q", "--speed", "0.01", "--max-pause", "60") as terminal:
            terminal.prompt()
            terminal.type("cancel:cleanup --speed 1\r")
            terminal.wait_for("sleep 4000ms")
            terminal.type("\x03")
            terminal.wait_for("main sigint\n")
            terminal.type("\x03")
            shown = terminal.prompt()
            assert "# end=abandoned " in shown, shown
            assert "quit - leave" in terminal.line("help quit")

    def dies_by_the_signal_outside_the_prompt(self, home):
        for words in (["gather"], ["run", "--all"]):
            with self.open(home, *words, "--speed", "0.01", "--max-pause",
                           "60") as terminal:
                terminal.wait_for("wait       sleep")
                time.sleep(0.2)
                terminal.type("\x03")
                assert terminal.end() == -signal.SIGINT, terminal.shown
                assert "^C" not in terminal.shown
                assert "# end=cancelled" in terminal.shown
                assert terminal.shown.count("# lesson=") == 1, "no other example follows"

    def ends_a_program_that_has_no_tasks(self, home):
        with self.open(home, "blocking", "--speed", "1") as terminal:
            terminal.wait_for('say        "One"')
            terminal.type("\x03")
            assert terminal.end() == -signal.SIGINT, terminal.shown
            assert "# end=cancelled" in terminal.shown

    def echoes_as_before_when_a_run_is_over(self, home):
        run = f"'{self.interleave}' gather -q --speed 0.01 --max-pause 60"
        for ends, key in (("", "\x03"), ("", "\x03\x03"), ("", "\x1c"),
                          ("& sleep 0.3; kill -TERM $!", None),
                          ("& sleep 0.3; kill -HUP $!", None)):
            command = f"{run} <&3 {ends}" if ends else run
            with Terminal(["sh", "-c", f"trap : INT QUIT; exec 3<&0; {command}; "
                           "wait; echo over"], home) as terminal:
                terminal.wait_for('say        "One"')
                if key:
                    deadline = time.monotonic() + PATIENCE
                    while terminal.echoes_signals():
                        assert time.monotonic() < deadline, "it is not shown during the run"
                        time.sleep(0.01)
                    terminal.type(key)
                terminal.wait_for("over")
                assert terminal.echoes_signals(), (ends, key)
                assert terminal.end() == 0

    def echoes_as_before_while_it_is_stopped(self, home):
        modes = "stty -a | tr ' ' '\\n' | grep echoctl"
        with Terminal(["sh", "-i"], home, PS1="ready> ") as terminal:
            terminal.wait_for("ready> ")
            terminal.type(f"'{self.interleave}' gather -q --speed 0.5\r")
            terminal.wait_for('say        "One"')
            terminal.type("\x1a")
            terminal.wait_for("ready> ")
            terminal.type(f"{modes}; fg\r")
            terminal.wait_for("\nechoctl\n")
            terminal.wait_for('say        "Two"')
            terminal.wait_for("ready> ")
            terminal.type(f"{modes}\r")
            terminal.wait_for("\nechoctl\n")
            terminal.wait_for("ready> ")

    def runs_in_the_background(self, home):
        with Terminal(["sh", "-i"], home, PS1="ready> ") as terminal:
            terminal.wait_for("ready> ")
            terminal.type(f"'{self.interleave}' gather -q --speed 100 & wait $!; "
                          "echo over\r")
            terminal.wait_for("digest=6dc908ed\n")
            terminal.wait_for("over\n")
            terminal.wait_for("ready> ")

    def clears_the_line_at_ctrl_c(self, home):
        with self.open(home, "-q") as terminal:
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

    def stops_reading_a_trace_at_ctrl_c(self, home):
        with self.open(home, "-q", "--ascii") as terminal:
            terminal.prompt()
            for last in ("\x03", "\x04"):
                terminal.type("timeline -\r")
                time.sleep(0.3)  # the editor has restored the terminal
                terminal.type("    0.000  A  start\r" + last)
                if last == "\x03":
                    assert "Interrupted" in terminal.prompt()
            assert "\nA      *" in terminal.prompt(), terminal.shown
            assert "quit - leave" in terminal.line("help quit")
