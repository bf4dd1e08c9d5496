/* Groups that fail, by a task and by their block, and cancel what is left. */
#include "lessons/lesson.h"

struct work {
    double seconds;
    const char *error;
};

static int work(void *frame)
{
    const struct work *self = frame;

    await(co_sleep(self->seconds));
    return self->error ? co_raise(CO_EVALUE, "%s", self->error) : 0;
}

static int fail(void) { return co_raise(CO_EXCEPTION, "home"); }

static int main_task(void *)
{
    co_group one = {}, two = {}, three = {};

    await(co_in_group(&one, ({
        co_group_spawn(&one, work, 1);
        co_group_spawn_with(&one, co_spawn_options(.name = "second"), work, 2);
        0;
    })));
    int r = attempt(co_in_group(&two, ({
        co_group_spawn(&two, work, 3);
        co_group_spawn(&two, work, 1, "broken");
        attempt(co_sleep(2));
    })));
    say("%s: %s", co_exception_name(r), co_why());
    r = attempt(co_in_group(&three, ({
        co_group_spawn(&three, work, 3);
        int failed = attempt(co_sleep(1));
        failed < 0 ? failed : fail();
    })));
    say("%s: %s", co_exception_name(r), co_why());
    return 0;
}

static int program(void) { return co_run(main_task, NULL); }

const struct about ends_groups = {
    .title = "groups",
    .replays = "",
    .program = program,
};
