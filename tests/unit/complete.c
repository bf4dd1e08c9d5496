/* complete.c — the words that can stand at the end of a line. */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/prompt/complete.h"
#include "cli/text.h"

/* `expected` has the words with blanks between, and " +" if more can follow. */
static void expect(const char *line, const char *expected)
{
    struct completion completion;
    char *words;
    size_t size;
    FILE *out = text_stream(&words, &size);

    complete_line(line, strlen(line), &completion);
    for (size_t i = 0; i < completion.count; i++)
        fprintf(out, "%s%s", i ? " " : "", completion.words[i]);
    fputs(completion.partial ? " +" : "", out);
    fclose(out);
    cr_expect(eq(str, words, (char *)expected), "%s", line);
    free(words);
    completion_finish(&completion);
}

Test(complete, offers_commands_and_lessons_first)
{
    expect("li", "list");
    expect("tim", "timeline timeouts");
    expect("ga", "gather +");
    expect("events:s", "events:signal");
    expect("nonsense", "");
}

Test(complete, offers_the_names_a_command_takes)
{
    expect("about lo", "locks +");
    expect("list lo", "locks");
    expect("help qu", "quit queues");
    expect("quit ", "");
}

Test(complete, offers_the_flags_a_command_takes)
{
    expect("run --s", "--seed --speed");
    expect("gather --s", "--seed --speed");
    expect("show --p", "--python");
    expect("show --sp", "");
    expect("list --a", "--ascii");
    expect("--js", "");
}

Test(complete, offers_the_choices_of_a_flag)
{
    expect("run --clock ", "virtual real");
    expect("run --clock=r", "--clock=real");
    expect("run -f j", "jsonl");
    expect("run --speed ", "");
    expect("run --level task ga", "gather +");
}
