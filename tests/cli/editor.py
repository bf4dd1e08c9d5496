"""The prompt with a line editor."""
import pathlib

from keyboard import Stage, Terminal


class EditorTests(Stage):
    """Each test gets an empty directory."""

    def types_the_suggestion(self, home):
        with self.open(home, "-q", "--speed", "0") as terminal:
            terminal.prompt()
            assert "no lesson or command 'gahter'. Did you mean 'gather'?" in \
                terminal.line("gahter")
            terminal.wait_for("gather")
            assert "# end=ok" in terminal.line("")
            assert "Did you mean 'gather:speedup'?" in terminal.line("speedup -q")
            terminal.wait_for("gather:speedup -q")
            assert "# end=ok" in terminal.line("")
            assert "Did you mean '--speed'?" in terminal.line("gather:counters --sped 0")
            terminal.wait_for("gather:counters --speed 0")
            terminal.type("\x15")
            assert "quit - leave" in terminal.line("help quit"), "Ctrl-U clears it"

    def completes(self, home):
        typed = {
            "lis\t": "list ",
            "ga\t": "gather",
            "gather:coun\t": "gather:counters ",
            "run gather:coun\t": "run gather:counters ",
            "run --lev\tta\tgather": "run --level task gather",
            "run --clock=vi\tgather": "run --clock=virtual gather",
            "about ga\t": "about gather",
            "help tim\to\t": "help timeouts ",
            "gather --no-h\t": "gather --no-header ",
            "nonsense\t": "nonsense",
            "list zzz\t": "list zzz",
        }
        assert self.completed(home, *typed) == list(typed.values())

    def completes_files(self, home):
        pathlib.Path(home, "morning.trace").write_text("    0.000  A         start\n")
        pathlib.Path(home, "more").mkdir()
        pathlib.Path(home, "more/a.trace").touch()
        typed = {"timeline morn\t": "timeline morning.trace ",
                 "timeline more\t\t": "timeline more/a.trace "}
        assert self.completed(home, *typed) == list(typed.values())

    def shows_the_possible_words(self, home):
        for columns in (80, 40):
            with self.open(home, "-q", columns=columns) as terminal:
                terminal.prompt()
                terminal.type("gather\t")
                terminal.wait_for("gather:counters")
                terminal.prompt()
                lines = terminal.shown[:terminal.seen].splitlines()[1:-1]
                assert max(map(len, map(str.rstrip, lines))) < columns, lines
                terminal.type("\x15tim\t\t")
                terminal.wait_for("timeline  timeouts")
                terminal.prompt()

    def keeps_a_history(self, home):
        with self.open(home, "-q") as terminal:
            terminal.prompt()
            terminal.line("help quit")
            terminal.type("\x1b[A")
            terminal.wait_for("help quit")
            assert "quit - leave" in terminal.line("")
        history = pathlib.Path(home, "state/interleave/history")
        assert history.stat().st_mode & 0o777 == 0o600
        assert history.parent.stat().st_mode & 0o777 == 0o700
        with self.open(home, "-q") as terminal:
            terminal.prompt()
            terminal.type("\x1b[A")
            terminal.wait_for("help quit")
            assert "quit - leave" in terminal.line("")

    def works_without_a_home(self, home):
        with self.open(home, "-q", XDG_STATE_HOME="/dev/null/state", HOME="") as terminal:
            terminal.prompt()
            assert "quit - leave" in terminal.line("help quit")

    def deletes_letters_of_two_bytes(self, home):
        with self.open(home, "-q") as terminal:
            terminal.prompt()
            assert "quit - leave" in terminal.line("help qu\u00e9\u00e8\x7f\x7fit")

    def restores_the_terminal(self, home):
        with Terminal(["sh", "-c", f"stty -a > before; '{self.interleave}' -q; "
                       "stty -a > after; echo end"], home) as terminal:
            terminal.prompt()
            terminal.line("list")
            terminal.line("gather --speed 0")
            terminal.type("\x04")
            terminal.wait_for("end")
            terminal.end()
        assert pathlib.Path(home, "before").read_text() == \
            pathlib.Path(home, "after").read_text()
