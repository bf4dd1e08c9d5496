#!/usr/bin/env python3
"""Write the tables of lessons and examples, with the texts of the examples.

    generate.py OUTPUT (--lesson NAME GROUP TITLE IDEA QUESTION TRY
                        (EXAMPLE.c [EXAMPLE.py] [EXAMPLE.js])...)... [--pages FILE...]
"""
import pathlib
import sys

LESSON_TEXTS = len(["group", "title", "idea", "question", "try"])


def literal(text):
    """The text as C string literals, a line each."""
    lines = []
    for line in text.splitlines(keepends=True):
        quoted = line.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
        lines.append(f'     "{quoted.replace("?", chr(92) + "?")}"')
    return "\n".join(lines)


TEXTS = {".c": "source", ".py": "python", ".js": "javascript"}  # fields of the row


def by_example(files):
    """A list of files for each example: its source, and its twins."""
    examples = []
    for file in map(pathlib.Path, files):
        if file.suffix == ".c":
            examples.append([])
        examples[-1].append(file)
    return examples


def example_row(lesson, index, files):
    """The row of an example, and the name of what its file says about it."""
    name = files[0].stem
    if len(files) < 2:
        sys.exit(f"{files[0]} has no twin beside it, {name}.py or {name}.js")
    about = f"{lesson}_{name}".replace("-", "_")
    texts = "".join(f",\n     .{TEXTS[file.suffix]} =\n{literal(file.read_text('utf-8'))}"
                    for file in files)
    return f'    {{ "{name}", &lessons[{index}], &{about}{texts} }},', about


def tables(descriptors):
    """The lines of the C file. A descriptor: a name, texts, and files."""
    lessons, examples, abouts = [], [], []
    for index, (name, *texts) in enumerate(descriptors):
        texts, files = texts[:LESSON_TEXTS], texts[LESSON_TEXTS:]
        if not files:
            sys.exit(f"the lesson '{name}' has no examples")
        fields = ",\n".join(literal(text) or '""' for text in texts)
        of_lesson = by_example(files)
        lessons.append(f'    {{ "{name}",\n{fields}, &examples[{len(examples)}], '
                       f'{len(of_lesson)} }},')
        for of_example in of_lesson:
            row, about = example_row(name, index, of_example)
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
    cut = words.index("--pages") if "--pages" in words else len(words)
    words, files = words[:cut], words[cut + 1:]
    for word in words:
        if word == "--lesson":
            descriptors.append([])
        else:
            descriptors[-1].append(word)
    pathlib.Path(output).write_text(
        "\n".join(tables(descriptors) + page_table(files)), "utf-8")


main(*sys.argv[1:])
