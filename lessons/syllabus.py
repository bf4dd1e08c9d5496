#!/usr/bin/env python3
"""Write the table of examples, with their texts: syllabus.py OUTPUT (X.c X.py)..."""
import pathlib
import sys


def literal(text):
    """The text as C string literals, a line each."""
    lines = []
    for line in text.splitlines(keepends=True):
        quoted = line.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        lines.append(f'     "{quoted.replace("?", chr(92) + "?")}"')
    return "\n".join(lines)


def main(output, *inputs):
    table, declarations = [], []
    for source, twin in zip(inputs[::2], inputs[1::2]):
        path = pathlib.Path(source)
        lesson, name = path.parent.name, path.stem
        symbol = f"{lesson}_{name}".replace("-", "_")
        declarations.append(f"extern const struct example {symbol};")
        texts = [literal(pathlib.Path(file).read_text("utf-8")) for file in (source, twin)]
        table.append(f'    {{ "{lesson}", "{name}", &{symbol},\n{texts[0]},\n{texts[1]} }},')
    pathlib.Path(output).write_text("\n".join(
        ['#include "lessons/lesson.h"', *declarations,
         "const struct entry syllabus[] = {", *table, "};",
         "const size_t syllabus_length = sizeof(syllabus) / sizeof(*syllabus);", ""]), "utf-8")


main(*sys.argv[1:])
