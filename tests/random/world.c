#include "tests/random/world.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* ---- handles ------------------------------------------------------------------ */

static void *allocate(size_t size)
{
    void *memory = calloc(1, size);

    if (!memory)
        abort();
    return memory;
}

/* A new one belongs to nobody; NULL makes a plain future. */
struct handle *handle_new(struct world *world, co_future *future, int kind)
{
    struct handle *handle = allocate(sizeof(*handle));

    handle->kind = kind;
    handle->older = world->handles;
    world->handles = handle;
    if (future) {
        handle->future = co_keep(future);
        return handle;
    }
    handle->future = &handle->plain;
    co_future_init(&handle->plain);
    return handle;
}

struct handle *handle_hold(struct handle *handle)
{
    handle->holds++;
    return handle;
}

void handle_give_up(struct handle *handle)
{
    if (--handle->holds > 0)
        return;
    if (handle->kind != PLAIN)
        co_drop(handle->future);
    for (size_t i = 0; i < handle->count; i++)
        handle_give_up(handle->children[i]);
    handle->count = 0;
}

void slot_set(struct world *world, int slot, struct handle *handle)
{
    struct handle *before = world->slots[slot];

    world->slots[slot] = handle_hold(handle);
    handle_give_up(before);
}

/* ---- tasks and callbacks ------------------------------------------------------ */

struct unit {
    struct world *world;
    const struct node *node;
};

static int unit(void *frame)
{
    const struct unit *self = frame;

    return unit_run(self->world, self->node);
}

co_task *unit_spawn(struct world *world, int number, int name)
{
    char text[32];

    if (name == 0)
        return co_spawn(unit, world, world->units[number]);
    snprintf(text, sizeof(text), "n%d", name);
    return co_spawn_with((co_spawn_options){ .name = text }, unit, world,
                         world->units[number]);
}

static void run_call(co_callback *callback)
{
    struct call *call = co_container_of(callback, struct call, timer.callback);
    int r = unit_run(call->world, call->unit);

    if (r < 0)
        ev(call->world, "callback %s", shown_error(r, co_why()));
}

struct call *call_new(struct world *world, int number)
{
    struct call *call = allocate(sizeof(*call));

    call->timer.callback.run = run_call;
    call->world = world;
    call->unit = world->units[number];
    call->older = world->calls;
    world->calls = call;
    return call;
}

/* ---- the whole ---------------------------------------------------------------- */

static void make(struct world *world, const struct node *part, int *units)
{
    if (strcmp(part->word, "semaphores") == 0) {
        for (int i = 0; i < SEMAPHORES; i++)
            co_semaphore_init(&world->semaphores[i], (int)part->args[i]);
    } else if (strcmp(part->word, "queues") == 0) {
        for (int i = 0; i < QUEUES; i++)
            co_queue_init(&world->queues[i], (size_t)part->args[i]);
    } else {
        world->units[(*units)++] = part;
    }
}

void world_init(struct world *world, const struct node *program, FILE *out)
{
    int units = 0;

    *world = (struct world){ .out = out };
    for (int i = 0; i < LOCKS; i++)
        co_lock_init(&world->locks[i]);
    for (int i = 0; i < EVENTS; i++)
        co_event_init(&world->events[i]);
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
    for (int i = 0; i < QUEUES; i++)
        co_queue_finish(&world->queues[i]);
    for (struct handle *handle = world->handles, *older; handle; handle = older) {
        older = handle->older;
        free(handle);
    }
    for (struct call *call = world->calls, *older; call; call = older) {
        older = call->older;
        free(call);
    }
}

/* ---- what is printed ---------------------------------------------------------- */

void ev(struct world *world, const char *format, ...)
{
    va_list arguments;

    if (world->silent)
        return;
    fprintf(world->out, "t=%lld i=%llu %s ", (long long)(co_now_ns() + 500) / 1000,
            (unsigned long long)co_iteration(), co_self() ? co_name(co_self()) : "-");
    va_start(arguments, format);
    vfprintf(world->out, format, arguments);
    va_end(arguments);
    fputc('\n', world->out);
}

static const char *python_name(int code)
{
    switch (code) {
    case UV_ECANCELED:
        return "CancelledError";
    case UV_ETIMEDOUT:
        return "TimeoutError";
    case CO_EVALUE:
        return "ValueError";
    case CO_ERUNTIME:
        return "RuntimeError";
    case CO_ESTATE:
        return "InvalidStateError";
    case CO_EEMPTY:
        return "QueueEmpty";
    case CO_EFULL:
        return "QueueFull";
    default:
        return co_error_name(code);
    }
}

/* Only a reason of the program's own is shown, and that is a number. */
const char *shown_error(int code, const char *why)
{
    static _Thread_local char text[64];

    if (isdigit((unsigned char)*why))
        snprintf(text, sizeof(text), "%s('%s')", python_name(code), why);
    else
        snprintf(text, sizeof(text), "%s", python_name(code));
    return text;
}

struct text {
    char s[4096];
    size_t length;
};

static void add(struct text *text, const char *more)
{
    int length =
        snprintf(text->s + text->length, sizeof(text->s) - text->length, "%s", more);

    text->length += (size_t)length;
    if (text->length >= sizeof(text->s))
        text->length = sizeof(text->s) - 1;
}

enum { DEEPEST = 3 }; /* of the lists in lists that are shown */

static void add_outcome(struct text *text, const struct handle *handle, int depth)
{
    int r = co_result(handle->future);
    char number[16];

    if (r < 0) {
        add(text, shown_error(r, co_reason(handle->future)));
        return;
    }
    if (handle->kind != GATHERING) {
        snprintf(number, sizeof(number), "%d", r);
        add(text, number);
        return;
    }
    if (depth == DEEPEST) {
        add(text, "[...]");
        return;
    }
    add(text, "[");
    for (size_t i = 0; i < handle->count; i++) {
        if (i > 0)
            add(text, ", ");
        add_outcome(text, handle->children[i], depth + 1);
    }
    add(text, "]");
}

const char *shown_result(const struct handle *handle)
{
    static _Thread_local struct text text;

    text = (struct text){};
    add_outcome(&text, handle, 0);
    return text.s;
}

const char *shown_state(const struct handle *handle)
{
    if (!co_done(handle->future))
        return "pending";
    return co_cancelled(handle->future) ? "cancelled" : shown_result(handle);
}
