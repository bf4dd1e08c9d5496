/* flags.c — flags are taken out of a line, and mistakes are reported. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdlib.h>
#include <string.h>

#include "cli/commands/command.h"
#include "cli/commands/output.h"
#include "cli/flags.h"
#include "cli/trace/write.h"

enum { WORDS = 16 };

/* A line, split at its blanks, and what was parsed. */
struct line {
    char text[256];
    const char *words[WORDS];
    struct flags flags;
    struct problem problem;
    size_t names;
};

/* A flag of any command, by its name. */
static const struct flag *flag(const char *name)
{
    for (const flag_list *list = command_flag_lists(); *list; list++)
        for (flag_list flag = *list; *flag; flag++)
            if (strcmp((*flag)->name, name) == 0)
                return *flag;
    cr_fatal("no flag %s", name);
    return NULL;
}

static const struct flag_value *value(const struct line *line, const char *name)
{
    const struct flag_value *value = flags_find(&line->flags, flag(name));

    cr_assert(value != NULL, "%s was not given", name);
    return value;
}

static void parse(struct line *line, const char *text)
{
    size_t count = 0;
    char *rest = line->text;

    *line = (struct line){};
    strcpy(line->text, text);
    for (char *word; (word = strsep(&rest, " "));)
        line->words[count++] = word;
    line->names = flags_parse(&line->flags, command_flag_lists(), count, line->words,
                              &line->problem);
}

static void expect_problem(const char *text, const char *expected)
{
    struct line line;

    parse(&line, text);
    cr_assert(not(zero(ptr, line.problem.sentence)), "%s", text);
    cr_expect(eq(str, line.problem.sentence, (char *)expected));
    problem_finish(&line.problem);
    flags_finish(&line.flags);
}

Test(flags, stand_before_and_after_names)
{
    struct line line;

    parse(&line, "--speed 2 run --all gather --level=say locks -F");
    cr_assert(zero(ptr, line.problem.sentence));
    cr_assert(eq(sz, line.names, 3));
    cr_expect(eq(str, (char *)line.words[0], "run"));
    cr_expect(eq(str, (char *)line.words[1], "gather"));
    cr_expect(eq(str, (char *)line.words[2], "locks"));
    cr_expect(eq(dbl, value(&line, "speed")->number, 2));
    cr_expect(eq(int, value(&line, "level")->choice, LEVEL_SAY));
    cr_expect(flags_have(&line.flags, flag("all")));
    cr_expect(flags_have(&line.flags, &flag_force));
    cr_expect(eq(sz, line.flags.count, 4));
    flags_finish(&line.flags);
}

Test(flags, end_at_two_dashes)
{
    struct line line;

    parse(&line, "timeline -q -- --speed -");
    cr_assert(zero(ptr, line.problem.sentence));
    cr_assert(eq(sz, line.names, 3));
    cr_expect(eq(str, (char *)line.words[1], "--speed"));
    cr_expect(eq(str, (char *)line.words[2], "-"));
    cr_expect(eq(sz, line.flags.count, 1));
    cr_expect(flags_have(&line.flags, &flag_quiet));
    flags_finish(&line.flags);
}

Test(flags, have_letters_that_stand_together)
{
    struct line line;

    parse(&line, "-qF -fjsonl -o a.trace -");
    cr_assert(zero(ptr, line.problem.sentence));
    cr_expect(eq(sz, line.names, 1));
    cr_expect(eq(int, value(&line, "format")->choice, 1));
    cr_expect(eq(str, (char *)value(&line, "output")->file, "a.trace"));
    cr_expect(eq(sz, line.flags.count, 4));
    flags_finish(&line.flags);
}

Test(flags, are_overruled_by_later_ones)
{
    struct line line;

    parse(&line, "--json --format text --ascii --unicode --color always --color=never");
    cr_assert(zero(ptr, line.problem.sentence));
    cr_expect(flags_last_of(&line.flags, &flag_json, flag("format")) == flag("format"));
    cr_expect(flags_last_of(&line.flags, &flag_ascii, &flag_unicode) == &flag_unicode);
    cr_expect(flags_last_of(&line.flags, &flag_unicode, &flag_ascii) == &flag_unicode);
    cr_expect(flags_last_of(&line.flags, &flag_help, &flag_version) == NULL);
    cr_expect(eq(int, value(&line, "color")->choice, WHEN_NEVER));
    flags_finish(&line.flags);
}

Test(flags, take_numbers_from_zero_up)
{
    struct line line;

    parse(&line, "--speed 0.5 --max-pause=0 --seed 9223372036854775807");
    cr_assert(zero(ptr, line.problem.sentence));
    cr_expect(eq(dbl, value(&line, "speed")->number, 0.5));
    cr_expect(eq(dbl, value(&line, "max-pause")->number, 0));
    cr_expect(eq(u64, value(&line, "seed")->whole, INT64_MAX));
    flags_finish(&line.flags);
}

Test(flags, report_which_value_they_need)
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

Test(flags, report_a_value_that_is_missing_or_one_too_many)
{
    expect_problem("run --speed", "--speed needs a value: --speed=X");
    expect_problem("run -f", "--format needs a value: --format=text|jsonl");
    expect_problem("--all=yes", "--all takes no value");
}

Test(flags, report_flags_that_exclude_each_other)
{
    struct line line;

    expect_problem(
        "--clock real --speed 5",
        "--speed paces the virtual clock; it cannot be given with --clock real");
    expect_problem(
        "--max-pause=0 --clock=real",
        "--max-pause paces the virtual clock; it cannot be given with --clock real");
    expect_problem("-o a --output b", "--output is given twice");
    parse(&line, "--clock real --speed 5 --clock virtual --speed 1e1");
    cr_expect(zero(ptr, line.problem.sentence));
    cr_expect(eq(dbl, value(&line, "speed")->number, 10));
    flags_finish(&line.flags);
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
    flags_finish(&line.flags);

    parse(&line, "--levle=say");
    cr_expect(eq(str, line.problem.instead, "--level=say"));
    problem_finish(&line.problem);
    flags_finish(&line.flags);
}

Test(flags, are_unknown_without_a_suggestion_where_none_is_close)
{
    expect_problem("--wobble-wobble",
                   "unknown flag '--wobble-wobble'. (--help shows them all)");
    expect_problem("-x", "unknown flag '-x'. (--help shows them all)");
}

/* Two commands take --json: it is one name to suggest. */
Test(flags, are_suggested_once)
{
    expect_problem("--jsn", "unknown flag '--jsn'. Did you mean '--json'?");
    expect_problem("--js", "unknown flag '--js'. Did you mean '--json'?");
}

Test(flags, given_without_a_command_are_inherited_and_overruled)
{
    struct line defaults, line;

    parse(&defaults, "--speed 0 --seed 7 -o a");
    line = (struct line){ .words = { "--seed", "8", "--clock", "real", "-o", "b" } };
    flags_inherit(&line.flags, &defaults.flags);
    flags_parse(&line.flags, command_flag_lists(), 6, line.words, &line.problem);
    cr_expect(zero(ptr, line.problem.sentence), "what is inherited excludes nothing");
    cr_expect(value(&line, "speed")->inherited);
    cr_expect(not(value(&line, "seed")->inherited));
    cr_expect(eq(u64, value(&line, "seed")->whole, 8));
    cr_expect(eq(sz, line.flags.count, 4));
    flags_finish(&line.flags);
    flags_finish(&defaults.flags);
}

/* The rows are what help and completion are made of. */
static void expect_complete(const struct flag *flag)
{
    cr_expect(flag->name && *flag->name);
    cr_expect(flag->help && *flag->help, "%s has no help", flag->name);
    bool is_switch = flag->kind == FLAG_SWITCH;
    cr_expect(is_switch == !flag->value, "%s", flag->name);
    bool needs_text = flag->kind != FLAG_SWITCH && flag->kind != FLAG_CHOICE;
    cr_expect(needs_text == (flag->expected != NULL), "%s", flag->name);
    bool excludes = flag->excludes;
    cr_expect(excludes == !!flag->reason, "%s", flag->name);
}

static void expect_different(const struct flag *a, const struct flag *b)
{
    if (a == b)
        return;
    cr_expect(ne(str, (char *)a->name, (char *)b->name));
    cr_expect(a->letter == 0 || a->letter != b->letter, "%s, %s", a->name, b->name);
}

/* All words of a line share one space of names, whatever its command. */
Test(flags, have_a_name_a_sentence_and_a_letter_of_their_own)
{
    for (const flag_list *list = command_flag_lists(); *list; list++)
        for (flag_list flag = *list; *flag; flag++) {
            expect_complete(*flag);
            for (const flag_list *others = command_flag_lists(); *others; others++)
                for (flag_list other = *others; *other; other++)
                    expect_different(*flag, *other);
        }
}
