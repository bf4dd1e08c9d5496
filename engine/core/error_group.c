/* error_group.c — groups of errors, and except*. */
#include <stdlib.h>
#include <string.h>

#include "engine/core/loop_internal.h"

struct co_error *co_error_group_new(const char *message, size_t count,
                                    struct co_error *const parts[])
{
    struct co_error *group = co_error_newf(CO_EGROUP, "%s (%zu sub-exception%s)",
                                           message, count, count == 1 ? "" : "s");

    group->message_length = strlen(message);
    group->parts = co_alloc(count * sizeof(*parts));
    for (size_t i = 0; i < count; i++) {
        group->parts[group->count++] = co_error_keep(parts[i]);
        group->has_base |= co_error_is_base(parts[i]->code, parts[i]);
    }
    return group;
}

bool co_error_is_base(int code, const struct co_error *error)
{
    return code == UV_ECANCELED || code == UV_EINTR || code == CO_EXIT ||
           code == CO_EABANDONED || code == CO_ECLOSE || (error && error->has_base);
}

const char *co_error_type_name(int code, const struct co_error *error)
{
    return code == CO_EGROUP && co_error_is_base(code, error) ? "BaseExceptionGroup"
                                                              : co_exception_name(code);
}

/* A group with the message and the context of this one; NULL: `count` is 0. */
static struct co_error *derive(const struct co_error *group, size_t count,
                               struct co_error *const parts[])
{
    char message[group->message_length + 1];

    if (count == 0)
        return NULL;
    memcpy(message, group->text, group->message_length);
    message[group->message_length] = '\0';
    struct co_error *derived = co_error_group_new(message, count, parts);
    derived->context = co_error_keep(group->context);
    return derived;
}

/* Both parts of an error that is split: new references; NULL: there is none. */
struct halves {
    struct co_error *taken, *left;
};

/* A group that is being split, and the halves of its first parts. */
struct level {
    struct co_error *group;
    size_t next; /* the part to split next */
    struct co_error **taken, **left;
    size_t takens, lefts;
};

/* From the whole group to the innermost one. Groups may be nested deeply, and stacks
 * are small.
 */
struct levels {
    struct level *list;
    size_t depth, room;
};

static void begin_level(struct levels *levels, struct co_error *group)
{
    struct co_error **room = co_alloc(2 * group->count * sizeof(*room));

    if (levels->depth == levels->room) {
        levels->room = levels->room ? 2 * levels->room : 4;
        levels->list = co_realloc(levels->list, levels->room * sizeof(*levels->list));
    }
    levels->list[levels->depth++] =
        (struct level){ .group = group, .taken = room, .left = room + group->count };
}

static void add_halves(struct level *level, struct halves halves)
{
    if (halves.taken)
        level->taken[level->takens++] = halves.taken;
    if (halves.left)
        level->left[level->lefts++] = halves.left;
}

static struct halves end_level(struct levels *levels)
{
    struct level level = levels->list[--levels->depth];
    struct halves halves = { derive(level.group, level.takens, level.taken),
                             derive(level.group, level.lefts, level.left) };

    while (level.takens > 0)
        co_error_drop(level.taken[--level.takens]);
    while (level.lefts > 0)
        co_error_drop(level.left[--level.lefts]);
    free(level.taken);
    return halves;
}

/* Split an error that is no group, or a group that is taken as a whole. False: it is a
 * group, and its parts are split first.
 */
static bool split_whole(struct co_error *error, int code, struct halves *ret_halves)
{
    const bool is_taken = error->code == code;

    if (!is_taken && error->count > 0)
        return false;
    co_error_keep(error);
    *ret_halves =
        is_taken ? (struct halves){ .taken = error } : (struct halves){ .left = error };
    return true;
}

/* BaseExceptionGroup.split(): both halves keep the nesting, without empty groups. */
static struct halves split(struct co_error *error, int code)
{
    struct levels levels = {};
    struct halves halves;

    if (split_whole(error, code, &halves))
        return halves;
    begin_level(&levels, error);
    while (levels.depth > 0) {
        struct level *level = &levels.list[levels.depth - 1];
        if (level->next == level->group->count) {
            halves = end_level(&levels);
            if (levels.depth > 0)
                add_halves(&levels.list[levels.depth - 1], halves);
            continue;
        }
        error = level->group->parts[level->next++];
        if (split_whole(error, code, &halves))
            add_halves(level, halves);
        else
            begin_level(&levels, error);
    }
    free(levels.list);
    return halves;
}

int co_except(int r, int code, co_error **ret_taken)
{
    *ret_taken = NULL;
    if (r >= 0 || (r != code && r != CO_EGROUP))
        return r;
    struct co_error *whole = co_error_object(r, co_current_error_with_code(r));
    const struct halves halves = split(whole, code);
    co_error_drop(whole);
    if (!halves.taken) {
        co_error_drop(halves.left);
        return r;
    }
    *ret_taken = halves.taken;
    if (r == code && r != CO_EGROUP) { /* a bare error becomes a group of one */
        *ret_taken = co_error_group_new("", 1, &halves.taken);
        co_error_drop(halves.taken);
    }
    r = halves.left ? co_set_current_error(halves.left->code, halves.left) : 0;
    co_error_drop(halves.left);
    return r;
}
