/* gather: what the other children do after one has failed, and when a cancelled gather
 * is done.
 */
#include <criterion/criterion.h>
#include <criterion/new/assert.h>

#include "tests/support/expect.h"

/* ---- one fails ----------------------------------------------------------- */

struct job {
    char name;
    double seconds;
    bool fails;
};

static int job(void *frame)
{
    const struct job *self = frame;

    await(co_sleep(self->seconds));
    ev("%c %s", self->name, self->fails ? "fails" : "done");
    return self->fails ? co_raise(CO_EVALUE, "%c", self->name) : self->name;
}

static int gather_03(void *)
{
    co_task *a = co_spawn(job, 'A', 0.3);
    co_task *b = co_spawn(job, 'B', 0.1, .fails = true);
    co_task *c = co_spawn(job, 'C', 0.2);
    int r = attempt(co_gather(a, b, c));

    ev("main caught %s %s %s %s", py_repr(r).s, py_bool(co_done(a)),
       py_bool(co_done(b)), py_bool(co_done(c)));
    await(co_sleep(0.3));
    ev("main end %c %c %s('%s')", co_result(a), co_result(c),
       py_exception(co_result(b)), co_reason(b));
    return 0;
}

Test(gather_siblings, GATHER_03_the_siblings_of_a_failed_child_continue)
{
    expect(gather_03, "t=0.1 B fails\n"
                      "t=0.1 main caught ValueError('B') False True False\n"
                      "t=0.2 C done\n"
                      "t=0.3 A done\n"
                      "t=0.4 main end A C ValueError('B')\n");
}

struct steps {
    char name;
    bool fails;
};

static int steps(void *frame)
{
    const struct steps *self = frame;

    evi("%c starts", self->name);
    if (self->fails)
        return co_raise(CO_EVALUE, "%c", self->name);
    await(co_sleep(0));
    evi("%c goes on", self->name);
    await(co_sleep(0));
    await(co_sleep(0));
    evi("%c ends", self->name);
    return 0;
}

static int gather_03_at_once(void *)
{
    int r = attempt(co_gather(co_spawn(steps, 'A'), co_spawn(steps, 'B', .fails = true),
                              co_spawn(steps, 'C')));

    evi("main %s", py_repr(r).s);
    for (int i = 0; i < 3; i++)
        await(co_sleep(0));
    evi("main end");
    return 0;
}

Test(gather_siblings, GATHER_03_an_error_is_raised_two_iterations_later)
{
    expect(gather_03_at_once, "i=2 A starts\n"
                              "i=2 B starts\n"
                              "i=2 C starts\n"
                              "i=3 A goes on\n"
                              "i=3 C goes on\n"
                              "i=4 main ValueError('B')\n"
                              "i=5 A ends\n"
                              "i=5 C ends\n"
                              "i=7 main end\n");
}

/* ---- all are cancelled --------------------------------------------------- */

struct cleaner {
    char name;
    double cleanup;
};

static int cleaner(void *frame)
{
    const struct cleaner *self = frame;
    int r = attempt(co_sleep(5));

    ev("%c cancelled", self->name);
    if (self->cleanup > 0) {
        await(co_sleep(self->cleanup));
        ev("%c cleaned up", self->name);
    }
    return r;
}

struct outer {
};

static int outer(void *)
{
    int r = attempt(co_gather(co_spawn(cleaner, 'A', 0.3), co_spawn(cleaner, 'B', 0),
                              co_spawn(cleaner, 'C', 0.1)));

    ev("outer %s %u", py_exception(r), co_cancelling(co_self()));
    return r;
}

static int gather_09(void *)
{
    co_task *task = co_spawn(outer);

    await(co_sleep(0.1));
    co_cancel(task);
    await(co_settle(task));
    ev("outer over %s", py_bool(co_cancelled(task)));
    await(co_sleep(0.5));
    ev("main end");
    return 0;
}

Test(gather_siblings, GATHER_09_cancelled_it_is_done_when_the_first_child_is)
{
    expect(gather_09, "t=0.1 A cancelled\n"
                      "t=0.1 B cancelled\n"
                      "t=0.1 C cancelled\n"
                      "t=0.1 outer CancelledError 1\n"
                      "t=0.1 outer over True\n"
                      "t=0.2 C cleaned up\n"
                      "t=0.4 A cleaned up\n"
                      "t=0.6 main end\n");
}

static int gather_09_by_itself(void *)
{
    co_future *both =
        co_gather_future(co_spawn(cleaner, 'A', 0.3), co_spawn(cleaner, 'B', 0.2));

    await(co_sleep(0.1));
    bool asked = co_cancel(both);
    ev("%s %s %s", py_bool(asked), py_bool(co_done(both)), py_bool(co_cancelled(both)));
    if (attempt(co_join(both)) == UV_ECANCELED)
        ev("main CancelledError %s %s %u", py_bool(co_done(both)),
           py_bool(co_cancelled(both)), co_cancelling(co_self()));
    ev("%s", py_bool(co_cancel(both)));
    return attempt(co_sleep(0.5));
}

Test(gather_siblings, GATHER_09_a_gather_cancelled_has_failed_with_a_cancellation)
{
    expect(gather_09_by_itself, "t=0.1 True False False\n"
                                "t=0.1 A cancelled\n"
                                "t=0.1 B cancelled\n"
                                "t=0.3 B cleaned up\n"
                                "t=0.3 main CancelledError True False 0\n"
                                "t=0.3 False\n"
                                "t=0.4 A cleaned up\n");
}

/* One takes four iterations to clean up, the other none. */
struct ends {
    char name;
    int iterations;
};

static int ends(void *frame)
{
    const struct ends *self = frame;
    int r = attempt(co_sleep(5));

    evi("%c cancelled", self->name);
    for (int i = 0; i < self->iterations; i++)
        await(co_sleep(0));
    if (self->iterations)
        evi("%c over", self->name);
    return r;
}

struct awaits {
    bool settles;
};

static int awaits(void *frame)
{
    co_task *tasks[] = { co_spawn(ends, 'A', 4), co_spawn(ends, 'B', 0) };
    int r = attempt(((const struct awaits *)frame)->settles ? co_settlev(tasks, 2)
                                                            : co_gatherv(tasks, 2));

    evi("outer");
    return r;
}

static int gather_09_or_10(void *)
{
    for (int settles = 0; settles < 2; settles++) {
        co_task *task = co_spawn(awaits, settles);
        for (int i = 0; i < 3; i++)
            await(co_sleep(0));
        evi("cancel");
        co_cancel(task);
        await(co_settle(task));
        evi("over %s", py_bool(co_cancelled(task)));
        for (int i = 0; i < 5; i++)
            await(co_sleep(0));
    }
    return 0;
}

Test(gather_siblings,
     GATHER_09_cancelled_and_settling_it_is_done_when_the_last_child_is)
{
    expect(gather_09_or_10, "i=4 cancel\n"
                            "i=5 A cancelled\n"
                            "i=5 B cancelled\n"
                            "i=7 outer\n"
                            "i=9 A over\n"
                            "i=9 over True\n"
                            "i=17 cancel\n"
                            "i=18 A cancelled\n"
                            "i=18 B cancelled\n"
                            "i=22 A over\n"
                            "i=24 outer\n"
                            "i=26 over True\n");
}
