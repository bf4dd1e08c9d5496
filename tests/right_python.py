"""Run a script with the Python that it is written for."""
import os
import subprocess
import sys

SKIPPED = 77  # to Meson

BEST = (3, 11)  # the engine does what this one does


def works(name):
    try:
        # A file of this name is not enough: it may be a shim of a version not installed.
        subprocess.run([name, "-c", ""], check=True, capture_output=True)
        return True
    except (OSError, subprocess.CalledProcessError):
        return False


def run_with_it():
    """Run the script again with Python 3.11, or else with a newer one, or skip it."""
    if sys.version_info[:2] == BEST:
        return
    is_enough = sys.version_info > BEST
    for minor in range(BEST[1], BEST[1] + 1 if is_enough else 20):
        if works(name := f"python3.{minor}"):
            os.execvp(name, [name, *sys.argv])
    if not is_enough:
        print("skipped: needs Python {}.{} or newer".format(*BEST))
        sys.exit(SKIPPED)
