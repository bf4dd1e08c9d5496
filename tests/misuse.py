#!/usr/bin/env python3
"""A mistake that the compiler can see is one error, which names it; and what looks like
a mistake and is none compiles without a warning.

usage: misuse.py COMPILER [FLAG...]

With the compiler of the build, and with gcc and clang where they are installed.
"""
import re
import shutil
import subprocess
import sys
import tempfile

PREAMBLE = """
#include "engine/co.h"
struct fetch { const char *url; double seconds; };
static int fetch(void *) { return 0; }
static int tick(void *) { return 0; }
#define SHOP_ERRORS(XX) XX(SHOP_ESOLD, CO_EUSER - 1, "sold out", "SoldOut")
static void close_file(FILE **file) { (void)file; }
int example(co_task **tasks, size_t count);
int example(co_task **tasks, size_t count)
{
    co_task *array[2] = { tasks[0], tasks[1] };
    (void)array, (void)count, (void)fetch, (void)tick, (void)close_file;
    %s
    return 0;
}
"""

# A mistake, and what the one error says.
MISTAKES = [
    ("await(co_gather(array));", r"not an array.*co_gatherv"),
    ("await(co_gather(tasks));", r"not an array.*co_gatherv"),
    ("await(co_settle(tasks));", r"not an array.*co_gatherv"),
    ("await(co_gather(array[0], array));", r"incompatible pointer type"),
    ("await(co_wait(CO_ALL_COMPLETED, 1, array));", r"not an array.*co_gatherv"),
    ("await(co_gather(array[0], fetch));", r"incompatible pointer type"),
    ("co_spawn(tick);", r"struct.tick|named_tick"),
    ("co_spawn(tick, 1);", r"struct.tick|named_tick"),
    ("co_task *task = co_spawn(tick); await(co_join(task));", r"struct.tick|named_tick"),
    ("await(co_call(tick));", r"struct.tick|named_tick"),
    ("co_group group = {}; co_group_spawn(&group, tick);", r"struct.tick|named_tick"),
    ("co_coroutine *made = co_create(tick); (void)made;", r"struct.tick|named_tick"),
    ("co_generator *g = co_generate(tick); (void)g;", r"struct.tick|named_tick"),
    ("co_future *f = co_execute(NULL, tick); (void)f;", r"struct.tick|named_tick"),
    ('co_spawn(fetch, .address = "/");', r"address"),
    ('co_spawn_with((co_spawn_options){ .name = "f", .eager = true }, fetch, "/", 2);',
     r"use_the_macro_co_spawn_options_in_place_of_braces"),
    ('co_task *t = co_spawn_with((co_spawn_options){ .name = "f", .stack_size = 9, '
     '.eager = true }, fetch); (void)t;',
     r"use_the_macro_co_spawn_options_in_place_of_braces"),
    ('co_group group = {}; co_group_spawn_with(&group, (co_spawn_options){ .name = "f", '
     '.eager = true }, fetch);', r"use_the_macro_co_spawn_options_in_place_of_braces"),
    ("await(fetch);", r"integer from pointer|pointer to integer"),
    ("CO_DECLARE_ERRORS(SHOP_ERRORS);\n#define BAD(XX) XX(A, -5, \"\", \"\")\n"
     "CO_DECLARE_ERRORS(BAD);", r"A must be CO_EUSER or below"),
]

# An int that is ignored: an error where warnings are.
IGNORED = ["co_sleep(1);", "co_gather(array[0]);", "co_join(array[0]);",
           "co_call(fetch);", "co_thread(fetch);"]

# What compiles without a warning.
CORRECT = [
    "await(co_gather(array[0], array[1]));",
    "await(co_gatherv(array, 2));",
    "await(co_gatherv(tasks, count));",
    'await(co_gather(co_spawn(fetch, "/"), co_spawn(fetch, .seconds = 1), tasks[0]));',
    "await(co_gather(co_gather_future(tasks[0]), co_shield(co_spawn(fetch))));",
    'double d = count; await(co_gather(co_spawn(fetch, "/", d), co_spawn(fetch, "", d)));',
    "co_task *const constant = array[0]; await(co_gather(constant));",
    "co_future future; co_future_init(&future); await(co_gather(&future));",
    'co_spawn_with(co_spawn_options(.name = "f", .eager = true), fetch, "/", 2);',
    'co_spawn_with((co_spawn_options){ .name = "f" }, fetch, .url = "/");',
    "co_spawn_options options = { .eager = true }; co_spawn_with(options, fetch);",
    'co_task *t = co_spawn_with(co_spawn_options(.stack_size = 1), fetch); (void)t;',
    "finally(close_file) FILE *file = NULL;",
    "int r = attempt(co_sleep(1)); co_handling(r) await(co_sleep(1)); await(r);",
]


def run(command, text, *flags):
    return subprocess.run(
        [*command, "-Wall", "-Wextra", "-Wno-missing-field-initializers", *flags,
         "-c", "-o", "/dev/null", "-x", "c", "-"],
        input=PREAMBLE % text, capture_output=True, text=True, check=False).stderr


def complaint(text, output, expected):
    """What is wrong with the compiler's answer to a mistake; None if nothing is."""
    errors = re.findall(r"^.*\berror: .*", output, re.M)
    if len(errors) == 1 and re.search(expected, errors[0]):
        return None
    return f"{text}\nwants one error, /{expected}/, and gets {len(errors)}:\n{output}"


def complaints(command):
    for text, expected in MISTAKES:
        yield complaint(text, run(command, text), expected)
    for text in IGNORED:
        yield complaint(text, run(command, text, "-Werror=unused-result"), "unused|ignor")
    together = "\n".join(f"{{ {text} }}" for text in CORRECT)
    if run(command, together):
        for text in CORRECT:
            output = run(command, text)
            yield f"{text}\nshall compile:\n{output}" if output else None


# Which task is spawned first: with the functions of the engine replaced, so that it is
# compiled and run without the engine.
ORDER = """
#include "engine/co.h"
_Thread_local const co_site *co_site_now;
static co_future tasks[4];
static int spawned, wrong;
struct a { int number; };
static int a(void *) { return 0; }
co_task *co_spawn_copy(co_spawn_options, co_fn *, const char *, const void *frame, size_t)
{
    wrong += *(const int *)frame != spawned;
    return &tasks[spawned++];
}
int co_gatherv(co_task *const given[], size_t count)
{
    for (size_t i = 0; i < count; i++)
        wrong += given[i] != &tasks[i];
    return count == 4 ? wrong : 1;
}
int main(void)
{
    return co_gather(co_spawn(a, 0), co_spawn(a, 1), co_spawn(a, 2), co_spawn(a, 3));
}
"""


def keeps_order(command, level):
    with tempfile.TemporaryDirectory() as folder:
        program = folder + "/order"
        subprocess.run([*command, level, "-o", program, "-x", "c", "-"], input=ORDER,
                       text=True, check=True)
        return subprocess.run([program], check=False).returncode == 0


def main():
    flags = [flag for flag in sys.argv[1:] if flag.startswith("-")]
    own = [word for word in sys.argv[1:] if not word.startswith("-")]
    commands = [own] + [[name] for name in ["gcc", "clang"] if name not in own]
    found = 0
    for command in commands:
        if not shutil.which(command[0]):
            continue
        for text in complaints([*command, *flags]):
            if text:
                found += 1
                print(" ".join(command), text, sep=": ")
        for level in ["-O0", "-O1", "-O2", "-O3"]:
            if not keeps_order([*command, *flags], level):
                found += 1
                print(f"{' '.join(command)} {level}: co_gather() evaluates out of order")
    return found > 0


if __name__ == "__main__":
    sys.exit(main())
