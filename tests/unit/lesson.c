/* The examples: each is described, and a Ctrl-C at any moment ends it with all its
 * tasks done. A loop run by hand leaves its tasks, as in Python.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include <string.h>

#include "lessons/lesson.h"

#if __has_include(<valgrind/valgrind.h>)
#include <valgrind/valgrind.h>
#else
#define RUNNING_ON_VALGRIND 0
#endif

Test(lessons, are_all_described)
{
    for (size_t i = 0; i < example_count; i++) {
        const struct about *about = examples[i].about;
        const char *name = examples[i].name;
        cr_expect(about->title && *about->title, "%s has no title", name);
        cr_expect(about->idea && *about->idea, "%s has no idea", name);
        cr_expect(about->look && *about->look, "%s: nothing to look at", name);
        cr_expect(about->replays || about->belief, "%s shows nothing", name);
        cr_expect(ne(int, about->main == NULL, about->program == NULL),
                  "%s has a main or a program", name);
        cr_expect(strstr(examples[i].source, "struct about") != NULL, "%s", name);
        cr_expect(examples[i].python || examples[i].javascript, "%s has no twin", name);
        if (examples[i].python)
            cr_expect(strstr(examples[i].python, "import ") != NULL, "%s", name);
        if (examples[i].javascript)
            cr_expect(strstr(examples[i].javascript, "console") != NULL, "%s", name);
    }
}

Test(lessons, share_out_all_examples)
{
    const struct example *next = examples;

    for (size_t i = 0; i < lesson_count; i++) {
        cr_expect(lessons[i].title && *lessons[i].title, "%s", lessons[i].name);
        cr_expect(lessons[i].group && *lessons[i].group, "%s", lessons[i].name);
        cr_expect(gt(sz, lessons[i].count, 0), "%s is empty", lessons[i].name);
        cr_expect(lessons[i].examples == next, "%s", lessons[i].name);
        for (size_t j = 0; j < lessons[i].count; j++)
            cr_expect(lessons[i].examples[j].lesson == &lessons[i]);
        next += lessons[i].count;
    }
    cr_expect(next == &examples[example_count]);
}

/* Presses Ctrl-C at the n-th event. */
struct impatient {
    co_observer observer;
    unsigned left;
    bool pressed;
    bool cancelled_by_group; /* main */
    unsigned tasks, ended, abandoned;
};

static void press(co_observer *observer, const co_trace_event *record)
{
    struct impatient *self = (struct impatient *)observer;

    self->tasks += record->kind == CO_SPAWN;
    self->ended += record->kind == CO_DONE || record->kind == CO_FAIL ||
                   record->kind == CO_CANCELLED;
    self->abandoned += record->kind == CO_ABANDON;
    if (record->kind == CO_CANCEL && strcmp(record->what ?: "", "group") == 0)
        self->cancelled_by_group |= co_is_main(record->other);
    if (self->left && --self->left == 0) {
        self->pressed = true;
        co_interrupt();
    }
}

static bool interrupt_at(const struct example *example, unsigned moment)
{
    struct impatient observer = { .observer.event = press, .left = moment };
    co_options options = {
        .virtual_time = true,
        .observer = &observer.observer,
        .measure_stacks = true, /* so that stacks used again are not as they were */
    };
    bool by_hand = strstr(example->source, "co_run_until_complete(");
    int r = example_run(example, &options);

    /* A group that fails while its parent waits at the end of the block leaves a
     * request to cancel the parent behind. Then Ctrl-C is not the only request, and
     * run() raises CancelledError, as in CPython 3.11.
     */
    bool ends_cancelled = r == UV_ECANCELED && observer.cancelled_by_group;
    bool ends_stuck = r == CO_EDEADLK && example->about->may_deadlock;
    cr_expect(r >= 0 || r == UV_EINTR || ends_cancelled || ends_stuck ||
                  example->about->may_fail,
              "%s:%s, Ctrl-C at event %u: %s", example->lesson->name, example->name,
              moment, co_strerror(r));
    if (by_hand)
        observer.ended += observer.abandoned;
    cr_expect(eq(uint, observer.ended, observer.tasks), "%s:%s, event %u",
              example->lesson->name, example->name, moment);
    return observer.pressed;
}

Test(lessons, end_with_all_tasks_done_whenever_they_are_interrupted, .timeout = 300)
{
    unsigned step = RUNNING_ON_VALGRIND ? 7 : 1;

    for (size_t i = 0; i < example_count; i++)
        for (unsigned moment = 1; interrupt_at(&examples[i], moment); moment += step)
            ;
}
