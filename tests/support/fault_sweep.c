#include "tests/support/fault_sweep.h"

#include <criterion/criterion.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/system/fatal.h"
#include "tests/support/alloc_count.h"

/* Each trial is made in a child: it may crash, hang, or end itself for want of memory.
 * What it is at and what it finds, the child leaves in memory it shares.
 */
enum {
    AT_ONCE = 8,  /* children that run at the same time */
    PATIENCE = 60 /* s until one is taken to hang */
};

struct child {
    pid_t pid;   /* 0: none */
    FILE *words; /* all that it writes to stderr */
    struct finding {
        enum disturbance how;
        unsigned nth;
        bool disturbed; /* by the last trial */
        char complaint[256];
    } * finding;
};

/* Every place there is, but of many only some. */
static unsigned after(unsigned nth) { return nth + 1 + nth * nth / 1024; }

static const char *asked_for(void) { return getenv("FACTS_TORTURE"); }

bool torture_is_asked_for(void) { return asked_for() != NULL; }

/* ---- in the child -------------------------------------------------------- */

static bool note(struct finding *finding, const struct verdict *verdict)
{
    finding->disturbed = verdict->disturbed;
    strcpy(finding->complaint, verdict->complaint);
    return !*verdict->complaint;
}

/* One trial, of the nth place. */
static bool try_one(const struct scenario *scenario, struct finding *finding)
{
    struct verdict normal = try(scenario, UNDISTURBED, 0, NULL);
    struct verdict verdict = try(scenario, finding->how, finding->nth, &normal);

    return note(finding, &normal) && note(finding, &verdict);
}

/* All there are: nothing is shown between them, so one process will do. */
static bool try_all(const struct scenario *scenario, struct finding *finding)
{
    struct verdict first = try(scenario, UNDISTURBED, 0, NULL);
    struct verdict normal = try(scenario, UNDISTURBED, 0, &first), verdict;

    if (!note(finding, &first) || !note(finding, &normal))
        return false;
    for (finding->how = UNBORN; finding->how <= WOKEN; finding->how++) {
        finding->nth = 1;
        do {
            verdict = try(scenario, finding->how, finding->nth, &normal);
            if (!note(finding, &verdict))
                return false;
            finding->nth = after(finding->nth);
        } while (verdict.disturbed);
    }
    return true;
}

/* ---- the children -------------------------------------------------------- */

static void spawn(struct child *child, const struct scenario *scenario,
                  bool (*run)(const struct scenario *, struct finding *))
{
    child->words = tmpfile();
    child->pid = fork();
    if (child->pid != 0)
        return;
    dup2(fileno(child->words), STDERR_FILENO);
    signal(SIGALRM, SIG_DFL);
    alarm(PATIENCE);
    _exit(run(scenario, child->finding) ? 0 : 1);
}

/* The first line of what it wrote. */
static void get_word(struct child *child, char *ret_word, int size)
{
    rewind(child->words);
    if (!fgets(ret_word, size, child->words))
        *ret_word = '\0';
    ret_word[strcspn(ret_word, "\n")] = '\0';
}

static void show_words(struct child *child)
{
    rewind(child->words);
    for (int c; (c = fgetc(child->words)) != EOF;)
        fputc(c, stderr);
}

static void get_place(const struct finding *finding, char *ret_place, size_t size)
{
    static const char *const places[] = {
        [UNDISTURBED] = "undisturbed",
        [UNBORN] = "cancelled before its start, task",
        [PARKED] = "cancelled at wait",
        [LATER] = "cancelled an iteration after wait",
        [WOKEN] = "cancelled when it has been woken, by wake",
        [STARVED] = "without allocation",
    };

    snprintf(ret_place, size, finding->how == UNDISTURBED ? "%s" : "%s %u",
             places[finding->how], finding->nth);
}

/* How it has ended, and whether that is an end a program may come to. */
static bool judge(struct child *child, int status)
{
    const struct finding *finding = child->finding;
    char word[256], place[64];

    get_word(child, word, sizeof(word));
    get_place(finding, place, sizeof(place));
    if (status == 0 && !*word)
        return true;
    if (finding->how == STARVED && WIFEXITED(status) &&
        WEXITSTATUS(status) == CO_FATAL_STATUS && *word)
        return true;
    show_words(child);
    if (*finding->complaint)
        cr_expect_fail("%s: %s", place, finding->complaint);
    else if (WIFEXITED(status))
        cr_expect_fail("%s: ends with status %d: %s", place, WEXITSTATUS(status), word);
    else if (WTERMSIG(status) == SIGALRM)
        cr_expect_fail("%s: hangs", place);
    else
        cr_expect_fail("%s: %s", place, strsignal(WTERMSIG(status)));
    return false;
}

/* Returns whether there was such a place, so that there may be another. */
static bool reap(struct child *child)
{
    int status;

    waitpid(child->pid, &status, 0);
    bool good = judge(child, status);
    fclose(child->words);
    child->pid = 0;
    return good && child->finding->disturbed;
}

/* A place for each child, until there is none. */
static void try_each(const struct scenario *scenario, struct child children[],
                     enum disturbance how)
{
    bool more = true;

    for (unsigned nth = 1, i = 0; more; nth = after(nth), i++) {
        struct child *child = &children[i % AT_ONCE];
        if (child->pid)
            more = reap(child);
        if (!more)
            break;
        *child->finding = (struct finding){ .how = how, .nth = nth, .disturbed = true };
        spawn(child, scenario, try_one);
    }
    for (int i = 0; i < AT_ONCE; i++)
        if (children[i].pid)
            reap(&children[i]);
}

/* ---- the whole ----------------------------------------------------------- */

/* Where time is real each trial takes it, so that they had better be made at once. */
static void cancel(const struct scenario *scenario, struct child children[])
{
    if (scenario->options.virtual_time) {
        spawn(children, scenario, try_all);
        reap(children);
        return;
    }
    for (enum disturbance how = UNBORN; how <= WOKEN; how++)
        try_each(scenario, children, how);
}

void torture(const struct scenario *scenario)
{
    struct child children[AT_ONCE] = {};
    size_t size = AT_ONCE * sizeof(struct finding);
    struct finding *findings =
        mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    cr_assert(findings != MAP_FAILED);
    cr_assert(blocks_in_use() >= 0, "nobody counts the memory in use");
    for (int i = 0; i < AT_ONCE; i++)
        children[i].finding = &findings[i];
    if (strcmp(asked_for(), "memory") == 0)
        try_each(scenario, children, STARVED);
    else
        cancel(scenario, children);
    munmap(findings, size);
}
