#!/usr/bin/env python3
"""Write the tables of lessons and examples, with the texts of the examples.

    generate.py OUTPUT (--lesson NAME GROUP TITLE IDEA QUESTION TRY
                        (EXAMPLE.c EXAMPLE.py)...)... --pages FILE...
"""
import pathlib
import sys

TEXTS = len(["group", "title", "idea", "question", "try"])


def literal(text):
    """The text as C string literals, a line each."""
    lines = []
    for line in text.splitlines(keepends=True):
        quoted = line.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        lines.append(f'     "{quoted.replace("?", chr(92) + "?")}"')
    return "\n".join(lines)


def example_row(lesson, index, source, twin):
    """The row of an example, and the name of what its file says about it."""
    name = pathlib.Path(source).stem
    about = f"{lesson}_{name}".replace("-", "_")
    texts = [literal(pathlib.Path(file).read_text("utf-8")) for file in (source, twin)]
    return f'    {{ "{name}", &lessons[{index}], &{about},\n{texts[0]},\n{texts[1]} }},', about


def tables(descriptors):
    """The lines of the C file. A descriptor: a name, texts, and files."""
    lessons, examples, abouts = [], [], []
    for index, (name, *texts) in enumerate(descriptors):
        texts, files = texts[:TEXTS], texts[TEXTS:]
        if not files:
            sys.exit(f"the lesson '{name}' has no examples")
        fields = ",\n".join(literal(text) or '""' for text in texts)
        lessons.append(f'    {{ "{name}",\n{fields}, &examples[{len(examples)}], '
                       f'{len(files) // 2} }},')
        for source, twin in zip(files[::2], files[1::2]):
            row, about = example_row(name, index, source, twin)
            examples.append(row)
            abouts.append(about)
    return ['#include "lessons/lesson.h"',
            *[f"extern const struct about {about};" for about in abouts],
            "const struct lesson lessons[] = {", *lessons, "};",
            "const size_t lesson_count = sizeof(lessons) / sizeof(*lessons);",
            "const struct example examples[] = {", *examples, "};",
            "const size_t example_count = sizeof(examples) / sizeof(*examples);", ""]


def page_rows(files):
    for file in map(pathlib.Path, files):
        title, text = file.read_text("utf-8").split("\n\n", 1)
        yield f'    {{ "{file.stem}",\n{literal(title)},\n{literal(text)} }},'


def page_table(files):
    return ['#include "lessons/page.h"', "const struct page pages[] = {", *page_rows(files),
            "};", "const size_t page_count = sizeof(pages) / sizeof(*pages);", ""]


def main(output, *words):
    descriptors = []
    words, files = words[:words.index("--pages")], words[words.index("--pages") + 1:]
    for word in words:
        if word == "--lesson":
            descriptors.append([])
        else:
            descriptors[-1].append(word)
    pathlib.Path(output).write_text(
        "\n".join(tables(descriptors) + page_table(files)), "utf-8")


main(*sys.argv[1:])
