/* combine.c — one promise of several: all, allSettled and race. */
#include "lessons/javascript/promise.h"

struct combination {
    js_promise *promise; /* of the whole */
    js_value results;
    size_t left;  /* not settled yet */
    bool settles; /* a rejection is a result like others */
};

struct element {
    js_reaction reaction;
    struct combination *whole;
    size_t index;
};

static void take_result(js_reaction *reaction, js_value outcome)
{
    struct element *self = co_container_of(reaction, struct element, reaction);
    struct combination *whole = self->whole;

    if (outcome.thrown && !whole->settles) {
        js_reject(whole->promise, outcome);
        return;
    }
    whole->results.array->items[self->index] = outcome;
    if (--whole->left == 0)
        js_resolve(whole->promise, whole->results);
}

static js_promise *collect(js_promise *const promises[], size_t count, bool settles,
                           const char *name)
{
    struct combination *whole = js_alloc(sizeof(*whole));
    struct element *elements = js_alloc(count * sizeof(*elements));

    *whole = (struct combination){ js_promise_new_named(name), js_array_new(count),
                                   count, settles };
    for (size_t i = 0; i < count; i++) {
        elements[i] = (struct element){ { .react = take_result }, whole, i };
        js_react(promises[i], &elements[i].reaction);
    }
    if (count == 0)
        js_resolve(whole->promise, whole->results);
    return whole->promise;
}

js_promise *js_all_of(js_promise *const promises[], size_t count)
{
    return collect(promises, count, false, "Promise.all");
}

js_promise *js_all_settled_of(js_promise *const promises[], size_t count)
{
    return collect(promises, count, true, "Promise.allSettled");
}

static void take_first(js_reaction *reaction, js_value outcome)
{
    js_resolve(co_container_of(reaction, struct element, reaction)->whole->promise,
               outcome);
}

js_promise *js_race_of(js_promise *const promises[], size_t count)
{
    struct combination *whole = js_alloc(sizeof(*whole));
    struct element *elements = js_alloc(count * sizeof(*elements));

    whole->promise = js_promise_new_named("Promise.race");
    for (size_t i = 0; i < count; i++) {
        elements[i] = (struct element){ { .react = take_first }, whole, i };
        js_react(promises[i], &elements[i].reaction);
    }
    return whole->promise;
}
