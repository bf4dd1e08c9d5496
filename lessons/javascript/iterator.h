/* iterator.h — async generators, and what for await iterates over.
 *
 *     js_async_generator(async_range, int start, int stop)
 *     {
 *         for (int i = self->start; i < self->stop; i++) {
 *             js_await(js_sleep(500));
 *             js_yield(js_number(i));
 *         }
 *         return js_undefined;
 *     }
 *
 *     js_for_await(i, js_call(async_range, 1, 4))
 *         say("%s", js_string(i));
 */
#ifndef JS_ITERATOR_H
#define JS_ITERATOR_H

#include "lessons/javascript/promise.h"

typedef struct js_iterator js_iterator;

/* async function*: js_call() makes the generator and runs nothing of it. Each call of
 * next() that finds it at rest runs it at once, up to its next await or yield. In
 * traces such a call is a task with the name of the generator.
 */
#define js_async_generator(name, ...)                                            \
    JS_DECLARE_(name, __VA_ARGS__);                                              \
    static js_value name(struct name *self);                                     \
    static js_value name##_body_(void *self) { return name(self); }              \
    JS_UNUSED_ static js_iterator *name##_call_(struct name arguments)           \
    {                                                                            \
        return js_generator(#name, name##_body_, &arguments, sizeof(arguments)); \
    }                                                                            \
    static js_value name(JS_UNUSED_ struct name *self)

/* yield: await the value, pass it to the caller of next(), and suspend until the next
 * call. If return() is called instead, the generator returns from here without running
 * on. Only in a js_async_generator() itself.
 */
#define js_yield(value)                               \
    ({                                                \
        js_value js_yielded_ = js_await(value);       \
        if (attempt(js_yield_value(js_yielded_)) < 0) \
            return js_ended;                          \
    })

/* An object whose [Symbol.asyncIterator]() is itself, and whose next() calls this
 * js_async() with the captured variables that follow. That returns js_yielded(value) or
 * js_done. It has no method return().
 */
#define js_async_iterator(...) js_iterator_new(js_closure(__VA_ARGS__))
js_iterator *js_iterator_new(js_closure next);

/* iterator.next(): a promise of a JS_RESULT. iterator.return(): the same; NULL: it has
 * no such method.
 */
js_promise *js_next(js_iterator *iterator);
js_promise *js_iterator_return(js_iterator *iterator);

/* for await (const name of iterable): run the block with each value. An error of next()
 * returns from this function. If the block is left before the end, return() is awaited.
 */
/* clang-format off */
#define js_for_await(name, iterable)                                                  \
    for (js_value finally(js_for_await_leave) js_iteration_ = js_iterate(iterable),   \
             name JS_UNUSED_ = js_undefined;                                          \
         ({ js_value js_got_ = js_await(js_for_await_next(&js_iteration_));           \
            js_for_await_has_more(&js_iteration_, js_got_, &name); });)
/* clang-format on */

/* ---- private ------------------------------------------------------------- */

js_iterator *js_generator(const char *name, js_body *body, const void *arguments,
                          size_t size);
co_checked int js_yield_value(js_value value);

js_value js_iterate(js_iterator *iterator);
js_promise *js_for_await_next(js_value *iteration);
bool js_for_await_has_more(js_value *iteration, js_value result, js_value *ret_value);
void js_for_await_leave(js_value *iteration);

#endif
