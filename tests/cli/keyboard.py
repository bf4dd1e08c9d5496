"""A program on a pseudo-terminal, and what is typed there."""
import fcntl
import os
import pathlib
import pty
import re
import select
import signal
import struct
import termios
import time

PROMPT = "interleave> "
PATIENCE = 20  # seconds to wait for expected output


class Terminal:
    """A program on a terminal of its own, and everything it has shown so far.

    At the end of a `with` it leaves with Ctrl-D, unless it has ended before.
    """

    def __init__(self, words, home, columns=80, **env):
        self.shown, self.seen, self.raw = "", 0, b""
        self.process, self.fd = pty.fork()
        if self.process == 0:
            # They are ignored in a test that was started in the background.
            for number in (signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGPIPE):
                signal.signal(number, signal.SIG_DFL)
            self.resize(columns, 0)
            keep = {name: value for name, value in os.environ.items()
                    if name.endswith("SAN_OPTIONS")}
            os.chdir(home)
            os.execvpe(words[0], words, keep | {
                "PATH": "/usr/bin:/bin", "HOME": home, "LC_ALL": "C.UTF-8",
                "TERM": "xterm", "XDG_STATE_HOME": f"{home}/state"} | env)

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        if self.fd is None:
            return
        if kind is None:
            self.type("\x15\x04")
            assert (status := self.end()) == 0, f"it left with {status}"
        else:
            self.kill()

    def resize(self, columns, fd=None):
        """Change the width, of 24 lines."""
        fcntl.ioctl(self.fd if fd is None else fd, termios.TIOCSWINSZ,
                    struct.pack("HHHH", 24, columns, 0, 0))

    def type(self, text):
        os.write(self.fd, text.encode())

    def read(self, seconds):
        """Read what is written within this time; False at its end."""
        if not select.select([self.fd], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            return False
        self.raw += data
        text = self.raw.decode("utf-8", "ignore")
        # Control sequences, and the characters of Ctrl-C and Ctrl-\ where they are echoed.
        text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|[\x03\x1c]", "", text)
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

    def echoes_signals(self):
        """True if the terminal shows Ctrl-C as `^C`."""
        return bool(termios.tcgetattr(self.fd)[3] & termios.ECHOCTL)

    def kill(self):
        os.kill(self.process, signal.SIGKILL)
        return self.wait()

    def wait(self):
        _, status = os.waitpid(self.process, 0)
        os.close(self.fd)
        self.fd = None
        return os.waitstatus_to_exitcode(status)

    def end(self):
        """Wait for its end: the exit status, or minus the signal."""
        deadline = time.monotonic() + PATIENCE
        while self.read(max(0, deadline - time.monotonic())):
            if time.monotonic() > deadline:
                self.kill()
                raise AssertionError(f"it does not end: {self.shown[-200:]!r}")
        return self.wait()


class Stage:
    """What the tests of the prompt share."""

    def __init__(self, interleave):
        self.interleave = str(pathlib.Path(interleave).resolve())

    def open(self, home, *words, **env):
        return Terminal([self.interleave, *words], home, **env)

    def shown(self, home, *words, **env):
        """What one command shows."""
        with self.open(home, *words, **env) as terminal:
            assert (status := terminal.end()) == 0, f"{status}: {terminal.shown}"
            return terminal.shown

    def completed(self, home, *lines):
        """What lines with a Tab in them become, read from the history."""
        with self.open(home, "-q", "--speed", "0") as terminal:
            terminal.prompt()
            for line in lines:
                terminal.line(line)
        history = pathlib.Path(home, "state/interleave/history").read_text()
        return [line.replace("\\040", " ").replace("\\012", "")
                for line in history.splitlines()[1:]]
