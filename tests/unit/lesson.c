/* The lessons from outside: each is well described, and Ctrl-C at any moment ends it
 * in good order.
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
    for (size_t i = 0; i < syllabus_length; i++) {
        const struct example *example = syllabus[i].example;
        const char *id = syllabus[i].name;
        cr_expect(example->title && *example->title, "%s has no title", id);
        cr_expect(example->idea && *example->idea, "%s has no idea", id);
        cr_expect(example->look && *example->look, "%s: nothing to look at", id);
        cr_expect(example->replays != NULL && example->program != NULL, "%s", id);
        cr_expect(strstr(syllabus[i].source, "struct example") != NULL, "%s", id);
        cr_expect(strstr(syllabus[i].twin, "asyncio") != NULL, "%s", id);
    }
}

Test(lessons, have_examples_each)
{
    for (size_t i = 0; i < lessons_length; i++) {
        size_t count = 0;
        for (size_t j = 0; j < syllabus_length; j++)
            count += strcmp(syllabus[j].lesson, lessons[i].name) == 0;
        cr_expect(gt(sz, count, 0), "%s is empty", lessons[i].name);
    }
}

/* Presses Ctrl-C at the n-th thing that happens. */
struct impatient {
    co_observer observer;
    unsigned left;
    bool pressed;
    unsigned tasks, ended;
};

static void press(co_observer *observer, const co_trace_event *record)
{
    struct impatient *self = (struct impatient *)observer;

    self->tasks += record->kind == CO_SPAWN;
    self->ended += record->kind == CO_DONE || record->kind == CO_FAIL ||
                   record->kind == CO_CANCELLED;
    if (self->left && --self->left == 0) {
        self->pressed = true;
        co_interrupt();
    }
}

static bool interrupt_at(const struct entry *entry, unsigned moment)
{
    struct impatient observer = { .observer.event = press, .left = moment };
    co_options options = {
        .virtual_time = true,
        .observer = &observer.observer,
        .measure_stacks = true, /* so that stacks used again are not as they were */
    };
    int r = co_program(entry->example->program, &options);

    cr_expect(r >= 0 || r == UV_EINTR, "%s:%s, Ctrl-C at record %u: %s", entry->lesson,
              entry->name, moment, co_strerror(r));
    cr_expect(eq(uint, observer.ended, observer.tasks), "%s:%s, record %u",
              entry->lesson, entry->name, moment);
    return observer.pressed;
}

Test(lessons, end_in_good_order_whenever_they_are_interrupted, .timeout = 300)
{
    unsigned step = RUNNING_ON_VALGRIND ? 7 : 1;

    for (size_t i = 0; i < syllabus_length; i++)
        for (unsigned moment = 1; interrupt_at(&syllabus[i], moment); moment += step)
            ;
}
