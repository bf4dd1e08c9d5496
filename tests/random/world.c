#include "tests/random/world.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

/* ---- tasks and callbacks ------------------------------------------------- */

int unit(void *frame)
{
    const struct unit *self = frame;

    return unit_run(self->world, self->node);
}

/* The group may be NULL, and so may the task of a group. */
co_task *unit_spawn_in(struct world *world, int number, int name, co_group *group)
{
    char text[32];
    co_spawn_options options = { .name = name ? text : NULL };

    snprintf(text, sizeof(text), "n%d", name);
    return group
               ? co_group_spawn_with(group, options, unit, world, world->units[number])
               : co_spawn_with(options, unit, world, world->units[number]);
}

co_task *unit_spawn(struct world *world, int number, int name)
{
    return unit_spawn_in(world, number, name, NULL);
}

static void run_call(co_callback *callback)
{
    struct call *call = co_container_of(callback, struct call, timer.callback);
    int r = unit_run(call->world, call->unit);

    if (r < 0)
        co_callback_raise(r, "%s", co_why());
}

struct call *call_new(struct world *world, int number)
{
    struct call *call = allocate(world, sizeof(*call));

    call->timer.callback.run = run_call;
    call->world = world;
    call->unit = world->units[number];
    return call;
}

/* ---- the exception handler ----------------------------------------------- */

enum { MAX_HANDLED = 3 }; /* errors for which a custom handler runs its unit */

static int handle(struct co_exception_handler *handler,
                  const co_exception_context *context)
{
    struct world *world = co_container_of(handler, struct world, handler);

    /* When the last reference goes depends on Python's memory, so these are left out.
     */
    if (context->kind && (strcmp(context->kind, "never-retrieved") == 0 ||
                          strcmp(context->kind, "destroyed") == 0))
        return 0;
    ev(world, "unhandled %s", repr_context(context));
    if (++world->unhandled > MAX_HANDLED || !world->on_unhandled || !co_is_running())
        return 0;
    return unit_run(world, world->on_unhandled);
}

/* ---- the world ----------------------------------------------------------- */

static int number_of(const void *item) { return (int)(intptr_t)item; }

/* Items have three priorities. */
static int compare(const void *one, const void *other)
{
    return number_of(one) % 3 - number_of(other) % 3;
}

static void make_semaphores(struct world *world, const int args[])
{
    for (int i = 0; i < SEMAPHORES; i++)
        if (args[SEMAPHORES + i])
            co_semaphore_init_bounded(&world->semaphores[i], args[i]);
        else
            co_semaphore_init(&world->semaphores[i], args[i]);
}

static void make_queues(struct world *world, const int args[])
{
    for (int i = 0; i < QUEUES; i++)
        if (args[QUEUES + i] == 2)
            co_queue_init_priority(&world->queues[i], (size_t)args[i], compare);
        else if (args[QUEUES + i] == 1)
            co_queue_init_lifo(&world->queues[i], (size_t)args[i]);
        else
            co_queue_init(&world->queues[i], (size_t)args[i]);
}

static void make_conditions(struct world *world, const int args[])
{
    for (int i = 0; i < CONDITIONS; i++)
        co_condition_init(&world->conditions[i],
                          args[i] < 0 ? NULL : &world->locks[args[i]]);
}

static void make_barriers(struct world *world, const int args[])
{
    for (int i = 0; i < BARRIERS; i++)
        co_barrier_init(&world->barriers[i], args[i]);
}

static void make(struct world *world, const struct node *part, int *units)
{
    static const struct {
        const char *word;
        void (*make)(struct world *world, const int args[]);
    } makers[] = {
        { "semaphores", make_semaphores },
        { "queues", make_queues },
        { "conditions", make_conditions },
        { "barriers", make_barriers },
    };

    for (size_t i = 0; i < sizeof(makers) / sizeof(*makers); i++)
        if (strcmp(part->word, makers[i].word) == 0) {
            makers[i].make(world, part->args);
            return;
        }
    world->units[(*units)++] = part;
}

void world_init(struct world *world, const struct node *program, FILE *out)
{
    int units = 0;

    *world = (struct world){ .out = out, .handler.handle = handle };
    for (int i = 0; i < LOCKS; i++)
        co_lock_init(&world->locks[i]);
    for (int i = 0; i < EVENTS; i++)
        co_event_init(&world->events[i]);
    for (int i = 0; i < LIMITS; i++) {
        world->after[i] = co_timeout_after(INFINITY);
        world->limits[i] = &world->after[i];
    }
    for (int i = 0; i < GROUPS; i++)
        world->groups[i] = allocate(world, sizeof(co_group));
    for (int i = 0; i < GENERATORS; i++)
        world->generated[i] = generated_hold(generated_new(world, NO_UNIT));
    for (int i = 0; i < COROUTINES; i++)
        world->made[i] = made_hold(made_new(world, NO_UNIT));
    for (const struct node *part = program; part; part = part->next)
        make(world, part, &units);
    world->nothing = handle_hold(handle_new(world, NULL, PLAIN));
    co_future_set(world->nothing->future, 0);
    for (int i = 0; i < SLOTS; i++)
        world->slots[i] = handle_hold(
            i < FUTURES_FROM ? world->nothing : handle_new(world, NULL, PLAIN));
}

void world_finish(struct world *world)
{
    co_set_exception_handler(NULL);
    for (int i = 0; i < QUEUES; i++)
        co_queue_finish(&world->queues[i]);
    free_all(world);
}
