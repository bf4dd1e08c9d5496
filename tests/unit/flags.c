/* Flags and commands: what is taken out of a line, and what is said of a line that is
 * wrong. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/flags.h"
#include "lessons/lesson.h"

enum { WORDS = 16 };

/* A line, taken apart at its blanks, and what came of it. */
struct line {
    char text[256];
    const char *words[WORDS];
    struct flags flags;
    struct problem problem;
    size_t names;
};

static void parse(struct line *line, const char *text)
{
    size_t count = 0;
    char *rest = line->text;

    *line = (struct line){};
    strcpy(line->text, text);
    for (char *word; (word = strsep(&rest, " "));)
        line->words[count++] = word;
    line->names = flags_parse(&line->flags, count, line->words, &line->problem);
}

static void expect_problem(const char *text, const char *expected)
{
    struct line line;

    parse(&line, text);
    cr_assert(not(zero(ptr, line.problem.sentence)), "%s", text);
    cr_expect(eq(str, line.problem.sentence, (char *)expected));
    problem_finish(&line.problem);
}

Test(flags, may_stand_before_and_after_names)
{
    struct line line;

    parse(&line, "--speed 2 run --all gather --level=say locks -F");
    cr_assert(zero(ptr, line.problem.sentence));
    cr_assert(eq(sz, line.names, 3));
    cr_expect(eq(str, (char *)line.words[0], "run"));
    cr_expect(eq(str, (char *)line.words[1], "gather"));
    cr_expect(eq(str, (char *)line.words[2], "locks"));
    cr_expect(eq(dbl, line.flags.speed, 2));
    cr_expect(eq(int, (int)line.flags.level, LEVEL_SAY));
    cr_expect(
        eq(u64, line.flags.given, FLAG(SPEED) | FLAG(ALL) | FLAG(LEVEL) | FLAG(FORCE)));
}

Test(flags, end_at_two_dashes)
{
    struct line line;

    parse(&line, "timeline -q -- --speed -");
    cr_assert(zero(ptr, line.problem.sentence));
    cr_assert(eq(sz, line.names, 3));
    cr_expect(eq(str, (char *)line.words[1], "--speed"));
    cr_expect(eq(str, (char *)line.words[2], "-"));
    cr_expect(eq(u64, line.flags.given, FLAG(QUIET)));
}

Test(flags, have_letters_that_may_stand_together)
{
    struct line line;

    parse(&line, "-qF -fjsonl -o a.trace -");
    cr_assert(zero(ptr, line.problem.sentence));
    cr_expect(eq(sz, line.names, 1));
    cr_expect(line.flags.json);
    cr_expect(eq(str, (char *)line.flags.output, "a.trace"));
    cr_expect(eq(u64, line.flags.given,
                 FLAG(QUIET) | FLAG(FORCE) | FLAG(FORMAT) | FLAG(OUTPUT)));
}

Test(flags, are_overruled_by_later_ones)
{
    struct line line;

    parse(&line, "--json --format text --ascii --unicode --color always --color=never");
    cr_assert(zero(ptr, line.problem.sentence));
    cr_expect(not(line.flags.json));
    cr_expect(eq(int, (int)line.flags.unicode, WHEN_ALWAYS));
    cr_expect(eq(int, (int)line.flags.colour, WHEN_NEVER));
}

Test(flags, take_numbers_from_nought_up)
{
    struct line line;

    parse(&line, "--speed 0.5 --max-pause=0 --seed 9223372036854775807");
    cr_assert(zero(ptr, line.problem.sentence));
    cr_expect(eq(dbl, line.flags.speed, 0.5));
    cr_expect(eq(dbl, line.flags.max_pause, 0));
    cr_expect(eq(u64, line.flags.seed, INT64_MAX));
}

Test(flags, say_what_value_they_need)
{
    expect_problem("run --speed abc",
                   "--speed needs a number from 0 up, such as 2; got 'abc'");
    expect_problem("run --speed -1",
                   "--speed needs a number from 0 up, such as 2; got '-1'");
    expect_problem("--speed=nan",
                   "--speed needs a number from 0 up, such as 2; got 'nan'");
    expect_problem("--speed 0x10",
                   "--speed needs a number from 0 up, such as 2; got '0x10'");
    expect_problem("--speed inf",
                   "--speed needs a number from 0 up, such as 2; got 'inf'");
    expect_problem("--speed=", "--speed needs a number from 0 up, such as 2; got ''");
    expect_problem("--max-pause 1s",
                   "--max-pause needs seconds from 0 up, such as 0.5; got '1s'");
    expect_problem("--seed 1.5",
                   "--seed needs a whole number from 0 up, such as 7; got '1.5'");
    expect_problem("--seed 9223372036854775808",
                   "--seed needs a whole number from 0 up, such as 7; got "
                   "'9223372036854775808'");
    expect_problem("--clock wall", "--clock needs virtual or real; got 'wall'");
    expect_problem("--level all", "--level needs say, task or loop; got 'all'");
    expect_problem("--color=", "--color needs auto, always or never; got ''");
    expect_problem("--output=", "--output needs the name of a file; got ''");
}

Test(flags, say_that_a_value_is_missing_or_one_too_many)
{
    expect_problem("run --speed", "--speed needs a value: --speed=X");
    expect_problem("run -f", "--format needs a value: --format=text|jsonl");
    expect_problem("--all=yes", "--all takes no value");
}

Test(flags, say_what_does_not_go_together)
{
    struct line line;

    expect_problem("--clock real --speed 5",
                   "--speed paces the virtual clock; it does not go with --clock real");
    expect_problem(
        "--max-pause=0 --clock=real",
        "--max-pause paces the virtual clock; it does not go with --clock real");
    expect_problem("-o a --output b", "--output is there twice");
    parse(&line, "--clock real --speed 5 --clock virtual --speed 1e1");
    cr_expect(zero(ptr, line.problem.sentence));
    cr_expect(eq(dbl, line.flags.speed, 10));
}

Test(flags, are_suggested_when_misspelt)
{
    struct line line;

    parse(&line, "run gather --sped 2");
    cr_assert(not(zero(ptr, line.problem.sentence)));
    cr_expect(eq(str, line.problem.sentence,
                 "unknown flag '--sped'. Did you mean '--speed'?"));
    cr_expect(eq(str, (char *)line.problem.word, "--sped"));
    cr_expect(eq(str, line.problem.instead, "--speed"));
    cr_expect(eq(sz, line.names, 2), "the names before it are known");
    problem_finish(&line.problem);

    parse(&line, "--levle=say");
    cr_expect(eq(str, line.problem.instead, "--level=say"));
    problem_finish(&line.problem);
}

Test(flags, are_unknown_without_a_guess_where_nothing_is_close)
{
    expect_problem("--wobble-wobble",
                   "unknown flag '--wobble-wobble'. (--help shows them all)");
    expect_problem("-x", "unknown flag '-x'. (--help shows them all)");
}

/* The table is what help and completion are made of. */
Test(flags, have_a_name_a_sentence_and_a_letter_of_their_own)
{
    for (enum flag_id id = 0; id < FLAGS; id++) {
        cr_expect(flag_table[id].name && *flag_table[id].name);
        cr_expect(flag_table[id].help && *flag_table[id].help);
        for (enum flag_id other = 0; other < id; other++) {
            cr_expect(
                ne(str, (char *)flag_table[id].name, (char *)flag_table[other].name));
            cr_expect(flag_table[id].letter == 0 ||
                      flag_table[id].letter != flag_table[other].letter);
        }
    }
}

/* So that a lesson's name alone can always run it. */
Test(commands, share_no_name_with_a_lesson)
{
    for (size_t i = 0; i < lessons_length; i++)
        cr_expect(zero(ptr, (void *)command_find(lessons[i].name)), "%s",
                  lessons[i].name);
}

Test(commands, are_found_by_name_and_alias)
{
    for (const struct command *const *command = commands; *command; command++) {
        cr_expect(eq(ptr, (void *)command_find((*command)->name), (void *)*command));
        if ((*command)->alias)
            cr_expect(
                eq(ptr, (void *)command_find((*command)->alias), (void *)*command));
    }
    cr_expect(zero(ptr, (void *)command_find("gather")));
}
