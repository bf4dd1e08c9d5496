#include "cli/flags.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "cli/suggest.h"
#include "cli/text.h"

/* ---- the flags that several commands share ------------------------------- */

const struct flag flag_ascii = {
    .name = "ascii",
    .help = "draw charts with ASCII characters",
    .lasting = true,
};
const struct flag flag_color = {
    .name = "color",
    .kind = FLAG_CHOICE,
    .value = "auto|always|never",
    .help = "write in colour; auto: on terminals",
    .lasting = true,
};
const struct flag flag_help = {
    .name = "help",
    .letter = 'h',
    .help = "show what the command does",
};
const struct flag flag_no_state = {
    .name = "no-state",
    .help = "neither read nor write what was seen and typed before",
    .lasting = true,
};
const struct flag flag_quiet = {
    .name = "quiet",
    .letter = 'q',
    .help = "leave out greetings, charts and remarks",
    .lasting = true,
};
const struct flag flag_unicode = {
    .name = "unicode",
    .help = "draw charts with Unicode characters",
    .lasting = true,
};
const struct flag flag_version = {
    .name = "version",
    .letter = 'V',
    .help = "show the version of the program",
};
const struct flag *const flags_common[] = {
    &flag_ascii, &flag_color,   &flag_help,    &flag_no_state,
    &flag_quiet, &flag_unicode, &flag_version, NULL,
};

const struct flag flag_keep_going = {
    .name = "keep-going",
    .letter = 'k',
    .help = "in a script, continue after a line that failed",
    .lasting = true,
};
const struct flag *const flags_without_command[] = { &flag_keep_going, NULL };

const struct flag flag_json = {
    .name = "json",
    .help = "write one JSON object a line",
    .lasting = true,
};

/* ---- flags that were given ----------------------------------------------- */

const struct flag_value *flags_find(const struct flags *flags, const struct flag *flag)
{
    for (size_t i = 0; i < flags->count; i++)
        if (flags->values[i].flag == flag)
            return &flags->values[i];
    return NULL;
}

const struct flag *flags_last_of(const struct flags *flags, const struct flag *a,
                                 const struct flag *b)
{
    const struct flag_value *last_a = flags_find(flags, a);
    const struct flag_value *last_b = flags_find(flags, b);

    if (last_a && (!last_b || last_a > last_b))
        return a;
    return last_b ? b : NULL;
}

/* Add a value at the end, in place of an earlier one of its flag. */
static void flags_add(struct flags *flags, const struct flag_value *value)
{
    size_t kept = 0;

    for (size_t i = 0; i < flags->count; i++)
        if (flags->values[i].flag != value->flag)
            flags->values[kept++] = flags->values[i];
    flags->values =
        xnonnull(reallocarray(flags->values, kept + 1, sizeof(*flags->values)));
    flags->values[kept] = *value;
    flags->count = kept + 1;
}

void flags_inherit(struct flags *flags, const struct flags *defaults)
{
    for (size_t i = 0; i < defaults->count; i++) {
        struct flag_value value = defaults->values[i];
        value.inherited = true;
        flags_add(flags, &value);
    }
}

bool flag_is_in(const struct flag *flag, flag_list list)
{
    while (list && *list && *list != flag)
        list++;
    return list && *list;
}

void flags_finish(struct flags *flags)
{
    free(flags->values);
    *flags = (struct flags){};
}

/* ---- values -------------------------------------------------------------- */

/* Which of the choices, counted from 0; -1: none. */
static int choice_of(const char *choices, const char *value)
{
    size_t length = strlen(value);

    for (int i = 0; choices; i++) {
        size_t size = strcspn(choices, "|");
        if (size == length && strncmp(choices, value, length) == 0)
            return i;
        choices = choices[size] ? choices + size + 1 : NULL;
    }
    return -1;
}

static bool flag_parse_number(const char *value, double *ret_number)
{
    char *end;
    double number = strtod(value, &end);

    /* strtod() also knows hexadecimal digits, and words. */
    if (end == value || *end || value[strspn(value, "0123456789.eE+-")])
        return false;
    if (!isfinite(number) || number < 0)
        return false;
    *ret_number = number;
    return true;
}

static bool flag_parse_whole(const char *value, uint64_t *ret_whole)
{
    char *end;

    errno = 0;
    uint64_t whole = strtoull(value, &end, 10);
    if (!isdigit((unsigned char)*value) || *end || errno || whole > INT64_MAX)
        return false;
    *ret_whole = whole;
    return true;
}

/* False: the flag takes no such value. */
static bool flag_parse_value(const char *text, struct flag_value *value)
{
    switch (value->flag->kind) {
    case FLAG_SWITCH:
        return true;
    case FLAG_CHOICE:
        value->choice = choice_of(value->flag->value, text);
        return value->choice >= 0;
    case FLAG_NUMBER:
        return flag_parse_number(text, &value->number);
    case FLAG_WHOLE:
        return flag_parse_whole(text, &value->whole);
    case FLAG_FILE:
        value->file = text;
        return *text;
    }
    return false;
}

/* ---- problems ------------------------------------------------------------ */

void problem_finish(struct problem *problem)
{
    free(problem->sentence);
    free(problem->instead);
    *problem = (struct problem){};
}

static void report_unknown(struct problem *problem, const flag_list lists[],
                           const char *word, const char *name, size_t length)
{
    struct suggestion meant;
    char *typed = xnonnull(strndup(name, length));

    suggest_begin(&meant, typed);
    for (; *lists; lists++)
        for (flag_list flag = *lists; *flag; flag++)
            suggest_offer(&meant, (*flag)->name);
    suggest_end(&meant);

    char *quoted = text_quote(word, 40);
    char *sentence = suggest_sentence(&meant, "--");
    problem->sentence =
        text_format("unknown flag %s.%s", quoted,
                    meant.count ? sentence : " (--help shows them all)");
    problem->word = word;
    if (meant.count == 1)
        problem->instead = text_format("--%s%s", meant.names[0], name + length);
    free(quoted);
    free(sentence);
    free(typed);
}

/* a|b|c as "a, b or c". */
static char *choices_in_words(const char *choices)
{
    char *words;
    size_t size;
    FILE *out = text_stream(&words, &size);

    for (const char *choice = choices; *choice;) {
        size_t length = strcspn(choice, "|");
        bool last = !choice[length];
        fprintf(out, "%s%.*s",
                choice == choices ? ""
                : last            ? " or "
                                  : ", ",
                (int)length, choice);
        choice += length + !last;
    }
    fclose(out);
    return words;
}

static void report_value(struct problem *problem, const struct flag *flag,
                         const char *value)
{
    char *quoted = text_quote(value, 40);
    char *expected = choices_in_words(flag->expected ? flag->expected : flag->value);

    problem->sentence =
        text_format("--%s needs %s; got %s", flag->name, expected, quoted);
    free(expected);
    free(quoted);
}

/* Report a flag that cannot be given with another one. One that is inherited means
 * nothing then, and is no mistake.
 */
static void check_exclusions(const struct flags *flags, struct problem *problem)
{
    for (size_t i = 0; i < flags->count && !problem->sentence; i++) {
        const struct flag *flag = flags->values[i].flag;
        const struct flag_value *other =
            flag->excludes ? flags_find(flags, flag->excludes) : NULL;
        if (flags->values[i].inherited || !other ||
            other->choice != flag->excludes_choice)
            continue;
        const char *choice = flag->excludes->value;
        for (int j = 0; j < other->choice; j++)
            choice += strcspn(choice, "|") + 1;
        problem->sentence = text_format("--%s %s; it cannot be given with --%s %.*s",
                                        flag->name, flag->reason, flag->excludes->name,
                                        (int)strcspn(choice, "|"), choice);
    }
}

/* ---- words --------------------------------------------------------------- */

struct words {
    const char **at;
    size_t count, next;
};

/* The value of a flag: attached to it, or the next word. False: there is none. */
static bool find_value(struct words *words, const char *attached,
                       const char **ret_value)
{
    if (attached) {
        *ret_value = attached;
        return true;
    }
    if (words->next == words->count)
        return false;
    *ret_value = words->at[words->next++];
    return true;
}

static void take_flag(struct flags *flags, const struct flag *flag, struct words *words,
                      const char *attached, struct problem *problem)
{
    struct flag_value value = { .flag = flag };
    const struct flag_value *earlier = flags_find(flags, flag);
    const char *text = "";

    if (!flag->value && attached)
        problem->sentence = text_format("--%s takes no value", flag->name);
    else if (flag->value && !find_value(words, attached, &text))
        problem->sentence = text_format("--%s needs a value: --%s=%s", flag->name,
                                        flag->name, flag->value);
    else if (flag->once && earlier && !earlier->inherited)
        problem->sentence = text_format("--%s is given twice", flag->name);
    else if (!flag_parse_value(text, &value))
        report_value(problem, flag, text);
    else
        flags_add(flags, &value);
}

/* The flag with this name of `length` bytes, or this letter; NULL: none. */
static const struct flag *find_flag(const flag_list lists[], const char *name,
                                    size_t length, char letter)
{
    for (; *lists; lists++)
        for (flag_list flag = *lists; *flag; flag++)
            if (letter ? (*flag)->letter == letter
                       : strlen((*flag)->name) == length &&
                             strncmp((*flag)->name, name, length) == 0)
                return *flag;
    return NULL;
}

static void take_long(struct flags *flags, const flag_list lists[], const char *word,
                      struct words *words, struct problem *problem)
{
    const char *name = word + 2;
    size_t length = strcspn(name, "=");
    const struct flag *flag = find_flag(lists, name, length, '\0');

    if (flag)
        take_flag(flags, flag, words, name[length] ? name + length + 1 : NULL, problem);
    else
        report_unknown(problem, lists, word, name, length);
}

/* Several letters may stand together; the rest after one that takes a value is its
 * value.
 */
static void take_short(struct flags *flags, const flag_list lists[], const char *word,
                       struct words *words, struct problem *problem)
{
    for (const char *letter = word + 1; *letter && !problem->sentence; letter++) {
        const struct flag *flag = find_flag(lists, NULL, 0, *letter);
        if (!flag) {
            report_unknown(problem, lists, word, letter, strlen(letter));
            return;
        }
        const char *rest = flag->value && letter[1] ? letter + 1 : NULL;
        take_flag(flags, flag, words, rest, problem);
        if (rest)
            return;
    }
}

size_t flags_parse(struct flags *flags, const flag_list lists[], size_t count,
                   const char *list[], struct problem *ret_problem)
{
    struct words words = { list, count, 0 };
    size_t names = 0;
    bool ended = false;

    *ret_problem = (struct problem){};
    while (words.next < words.count && !ret_problem->sentence) {
        const char *word = list[words.next++];
        if (ended || word[0] != '-' || !word[1])
            list[names++] = word;
        else if (strcmp(word, "--") == 0)
            ended = true;
        else if (word[1] == '-')
            take_long(flags, lists, word, &words, ret_problem);
        else
            take_short(flags, lists, word, &words, ret_problem);
    }
    if (!ret_problem->sentence)
        check_exclusions(flags, ret_problem);
    return names;
}
