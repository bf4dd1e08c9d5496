/* Objects that the tasks of a random program share. References to them are counted as
 * in Python, and an object without a reference is freed.
 */
#include <stddef.h>
#include <stdlib.h>

#include "tests/random/world.h"

/* ---- memory -------------------------------------------------------------- */

struct allocation {
    struct allocation *older;
    _Alignas(max_align_t) char memory[];
};

void *allocate(struct world *world, size_t size)
{
    struct allocation *allocation = calloc(1, sizeof(*allocation) + size);

    if (!allocation)
        abort();
    allocation->older = world->allocations;
    world->allocations = allocation;
    return allocation->memory;
}

void free_all(struct world *world)
{
    for (struct allocation *older; world->allocations; world->allocations = older) {
        older = world->allocations->older;
        free(world->allocations);
    }
}

/* ---- handles ------------------------------------------------------------- */

/* A new one has no reference yet; NULL makes a plain future. */
struct handle *handle_new(struct world *world, co_future *future, int kind)
{
    struct handle *handle = allocate(world, sizeof(*handle));

    handle->kind = kind;
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

void handle_drop(struct handle *handle)
{
    if (--handle->holds > 0)
        return;
    if (handle->kind != PLAIN)
        co_drop(handle->future);
    for (size_t i = 0; i < handle->count; i++)
        handle_drop(handle->children[i]);
    handle->count = 0;
}

void slot_set(struct world *world, int slot, struct handle *handle)
{
    struct handle *before = world->slots[slot];

    world->slots[slot] = handle_hold(handle);
    handle_drop(before);
}

/* ---- generators ---------------------------------------------------------- */

static const struct node *node_of(struct world *world, int number)
{
    static const struct node nothing;

    return number == NO_UNIT ? &nothing : world->units[number];
}

/* As in Python it is freed with its last reference; its owner has none. */
struct generated *generated_new(struct world *world, int number)
{
    struct generated *generated = allocate(world, sizeof(*generated));

    generated->generator =
        co_generator_keep(co_generate(unit, world, node_of(world, number)));
    co_generator_drop(generated->generator);
    return generated;
}

struct generated *generated_hold(struct generated *generated)
{
    generated->holds++;
    return generated;
}

void generated_drop(struct generated *generated)
{
    if (--generated->holds == 0)
        co_generator_drop(generated->generator);
}

void generated_set(struct world *world, int slot, struct generated *generated)
{
    struct generated *before = world->generated[slot];

    world->generated[slot] = generated_hold(generated);
    generated_drop(before);
}

/* ---- coroutine objects --------------------------------------------------- */

struct body {
    struct made *made;
    struct unit unit;
};

static int body(void *frame)
{
    struct body *self = frame;

    self->made->running = self->made->used = true;
    int r = attempt(unit(&self->unit));
    self->made->running = false;
    return r;
}

struct made *made_new(struct world *world, int number)
{
    struct made *made = allocate(world, sizeof(*made));

    made->coroutine =
        co_coroutine_keep(co_create(body, made, { world, node_of(world, number) }));
    co_coroutine_drop(made->coroutine);
    return made;
}

struct made *made_hold(struct made *made)
{
    made->holds++;
    return made;
}

void made_drop(struct made *made)
{
    if (--made->holds == 0)
        co_coroutine_drop(made->coroutine);
}

void made_set(struct world *world, int place, struct made *made)
{
    struct made *before = world->made[place];

    world->made[place] = made_hold(made);
    made_drop(before);
}
