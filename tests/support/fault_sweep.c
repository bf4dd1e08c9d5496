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

/* The runs are made in child processes, since a run may crash, hang, or end its process
 * when memory runs out. A child leaves its current place and result in shared memory.
 */
enum {
    CHILDREN = 8,   /* that run at the same time */
    TIME_LIMIT = 60 /* seconds, after which a child counts as hanging */
};

struct child {
    pid_t pid;    /* 0: none */
    FILE *output; /* all that it writes to stderr */
    struct report {
        enum fault fault;
        unsigned nth;
        bool injected; /* by the last run */
        char failure[256];
    } * report;
};

/* The first places one by one, later ones with growing gaps. */
static unsigned next_place(unsigned nth) { return nth + 1 + nth * nth / 1024; }

static const char *requested(void) { return getenv("FAULTS"); }

bool fault_sweep_is_requested(void) { return requested() != NULL; }

/* ---- in the child -------------------------------------------------------- */

static bool write_report(struct report *report, const struct fault_result *result)
{
    report->injected = result->injected;
    strcpy(report->failure, result->failure);
    return !*result->failure;
}

/* Run it with one fault, at the nth place. */
static bool run_one(const struct fault_program *program, struct report *report)
{
    struct fault_result baseline = fault_run(program, NO_FAULT, 0, NULL);
    struct fault_result result =
        fault_run(program, report->fault, report->nth, &baseline);

    return write_report(report, &baseline) && write_report(report, &result);
}

/* Run it with each cancellation from this place on, one after another. */
static bool run_all(const struct fault_program *program, struct report *report)
{
    const enum fault fault = report->fault;
    report->fault = NO_FAULT;
    struct fault_result first = fault_run(program, NO_FAULT, 0, NULL);
    struct fault_result baseline = fault_run(program, NO_FAULT, 0, &first), result;

    if (!write_report(report, &first) || !write_report(report, &baseline))
        return false;
    report->fault = fault;
    for (; report->fault <= CANCEL_AT_WAKE; report->fault++, report->nth = 1)
        do {
            result = fault_run(program, report->fault, report->nth, &baseline);
            if (!write_report(report, &result))
                return false;
            report->nth = next_place(report->nth);
        } while (result.injected);
    return true;
}

/* ---- the children -------------------------------------------------------- */

static void start_child(struct child *child, const struct fault_program *program,
                        bool (*run)(const struct fault_program *, struct report *))
{
    child->output = tmpfile();
    child->pid = fork();
    if (child->pid != 0)
        return;
    dup2(fileno(child->output), STDERR_FILENO);
    signal(SIGALRM, SIG_DFL);
    alarm(TIME_LIMIT);
    _exit(run(program, child->report) ? 0 : 1);
}

static void read_first_line(struct child *child, char *ret_line, int size)
{
    rewind(child->output);
    if (!fgets(ret_line, size, child->output))
        *ret_line = '\0';
    ret_line[strcspn(ret_line, "\n")] = '\0';
}

static void show_output(struct child *child)
{
    rewind(child->output);
    for (int c; (c = fgetc(child->output)) != EOF;)
        fputc(c, stderr);
}

static void describe_place(const struct report *report, char *ret_place, size_t size)
{
    static const char *const places[] = {
        [NO_FAULT] = "without a fault",
        [CANCEL_BEFORE_START] = "cancelled before its start, spawn",
        [CANCEL_AT_WAIT] = "cancelled at wait",
        [CANCEL_AFTER_WAIT] = "cancelled one iteration after wait",
        [CANCEL_AT_WAKE] = "cancelled between wake-up and turn, wake",
        [FAIL_ALLOCATION] = "failed allocation",
    };

    snprintf(ret_place, size, report->fault == NO_FAULT ? "%s" : "%s %u",
             places[report->fault], report->nth);
}

/* A cancellation can make main end before tasks that use what is in its frame; the
 * engine then ends the program with a sentence, rather than let them use it.
 */
static bool ended_too_early(const struct report *report, int status, const char *line)
{
    return WIFEXITED(status) && WEXITSTATUS(status) == CO_FATAL_STATUS &&
           report->fault != NO_FAULT && strstr(line, "has to outlive them");
}

/* Whether the child ended as it may: in silence with status 0, or, when an allocation
 * failed, with the engine's sentence for a fatal error. If not, the test fails.
 */
static bool check_end(struct child *child, int status)
{
    const struct report *report = child->report;
    char line[256], place[64];

    read_first_line(child, line, sizeof(line));
    describe_place(report, place, sizeof(place));
    if (status == 0 && !*line)
        return true;
    if (report->fault == FAIL_ALLOCATION && WIFEXITED(status) &&
        WEXITSTATUS(status) == CO_FATAL_STATUS && *line)
        return true;
    if (ended_too_early(report, status, line))
        return true;
    show_output(child);
    if (*report->failure)
        cr_expect_fail("%s: %s", place, report->failure);
    else if (WIFEXITED(status))
        cr_expect_fail("%s: ends with status %d: %s", place, WEXITSTATUS(status), line);
    else if (WTERMSIG(status) == SIGALRM)
        cr_expect_fail("%s: hangs", place);
    else
        cr_expect_fail("%s: %s", place, strsignal(WTERMSIG(status)));
    return false;
}

/* Wait for its end; returns whether that is a good one. */
static bool reap_child(struct child *child)
{
    int status;

    waitpid(child->pid, &status, 0);
    bool good = check_end(child, status);
    fclose(child->output);
    child->pid = 0;
    return good;
}

/* One child for each place, until a child finds none. */
static void sweep_in_children(const struct fault_program *program,
                              struct child children[], enum fault fault)
{
    bool more = true;

    for (unsigned nth = 1, i = 0; more; nth = next_place(nth), i++) {
        struct child *child = &children[i % CHILDREN];
        if (child->pid)
            more = reap_child(child) && child->report->injected;
        if (!more)
            break;
        *child->report =
            (struct report){ .fault = fault, .nth = nth, .injected = true };
        start_child(child, program, run_one);
    }
    for (int i = 0; i < CHILDREN; i++)
        if (children[i].pid)
            reap_child(&children[i]);
}

/* ---- the sweep ----------------------------------------------------------- */

/* On the virtual clock one child makes all runs. On the real clock each run takes its
 * time, so several children run at once.
 */
static void sweep_cancellations(const struct fault_program *program,
                                struct child children[])
{
    if (program->options.virtual_time) {
        struct report *report = children[0].report;
        *report = (struct report){ .fault = CANCEL_BEFORE_START, .nth = 1 };
        /* A child that was ended at one place leaves the places after that. */
        for (bool good = true; good && report->fault <= CANCEL_AT_WAKE;
             report->nth = next_place(report->nth)) {
            start_child(children, program, run_all);
            good = reap_child(children);
        }
        return;
    }
    for (enum fault fault = CANCEL_BEFORE_START; fault <= CANCEL_AT_WAKE; fault++)
        sweep_in_children(program, children, fault);
}

void fault_sweep(const struct fault_program *program)
{
    struct child children[CHILDREN] = {};
    size_t size = CHILDREN * sizeof(struct report);
    struct report *reports =
        mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

    cr_assert(reports != MAP_FAILED);
    cr_assert(alloc_count() >= 0, "nothing counts the blocks of memory in use");
    for (int i = 0; i < CHILDREN; i++)
        children[i].report = &reports[i];
    if (strcmp(requested(), "memory") == 0)
        sweep_in_children(program, children, FAIL_ALLOCATION);
    else
        sweep_cancellations(program, children);
    munmap(reports, size);
}
