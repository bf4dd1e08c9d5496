/* function.h — functions of JavaScript: async functions, and functions that capture.
 *
 *     js_async(fetch_data, int id, double delay)
 *     {
 *         js_await(js_sleep(self->delay));
 *         if (self->id < 0)
 *             return js_throw(js_error("no such id"));
 *         return js_text("Data %d", self->id);
 *     }
 *
 *     js_value data = js_await(js_call(fetch_data, 1, 500));
 *     js_value other = js_try(js_call(fetch_data, -1, 500));
 *     if (other.thrown)
 *         say("Caught error: %s", js_message(other));
 *
 * The parameters are the fields of a struct with the function's name, and `self` points
 * at them. A function returns a value; it throws by returning js_throw().
 */
#ifndef JS_FUNCTION_H
#define JS_FUNCTION_H

#include "engine/co.h"
#include "lessons/javascript/value.h"

typedef struct js_promise js_promise;

/* async function: js_call() runs it at once, up to its first await, and returns the
 * promise of what it returns or throws. In traces it is a task that is called after it,
 * in up to eight columns: fetch, and the next call of it fetch-2.
 */
#define js_async(name, ...)                                                       \
    JS_DECLARE_(name, __VA_ARGS__);                                               \
    static js_value name(struct name *self);                                      \
    static js_value name##_body_(void *self) { return name(self); }               \
    JS_UNUSED_ static js_promise *name##_call_(struct name arguments)             \
    {                                                                             \
        return js_call_async(#name, name##_body_, &arguments, sizeof(arguments)); \
    }                                                                             \
    JS_UNUSED_ static js_value name##_apply_(void *captured, js_value)            \
    {                                                                             \
        return js_call_async_value(#name, name##_body_, captured,                 \
                                   sizeof(struct name));                          \
    }                                                                             \
    static js_value name(JS_UNUSED_ struct name *self)

/* (value) => { … }: a plain function of one argument, `value`. What it captures is
 * given where it is used, as in js_then(promise, greet, "Hello"). It cannot await.
 */
#define js_function(name, ...)                                               \
    JS_DECLARE_(name, __VA_ARGS__);                                          \
    static js_value name(struct name *self, js_value value);                 \
    JS_UNUSED_ static js_value name##_call_(struct name captured)            \
    {                                                                        \
        return name(&captured, js_undefined);                                \
    }                                                                        \
    JS_UNUSED_ static js_value name##_apply_(void *captured, js_value value) \
    {                                                                        \
        return name(captured, value);                                        \
    }                                                                        \
    static js_value name(JS_UNUSED_ struct name *self, JS_UNUSED_ js_value value)

/* f(arguments): a promise of an async function, the iterator of an async generator, or
 * what a plain function returns.
 */
#define js_call(name, ...) name##_call_((struct name){ __VA_ARGS__ })

/* A function with the values of the variables that it captures. */
typedef struct js_closure {
    js_value (*apply)(void *captured, js_value value); /* NULL: none */
    void *captured;
} js_closure;

#define js_no_closure ((js_closure){})
#define js_closure(name, ...)     \
    ((js_closure){ name##_apply_, \
                   js_copy(&(struct name){ __VA_ARGS__ }, sizeof(struct name)) })

/* Call it: what it returns, or the promise of an async function as a value. */
static inline js_value js_apply(js_closure closure)
{
    return closure.apply(closure.captured, js_undefined);
}

/* await: suspend this async function until the promise is settled. Its value is the
 * value of the promise; if that is rejected, this function returns, throwing the
 * reason. try: its value is the value of the promise, or the reason with `thrown` set.
 * Both take a value as well. When the script ends, the function returns from either
 * without running on.
 */
#define js_await(x)                       \
    ({                                    \
        js_value js_outcome_ = js_try(x); \
        if (js_outcome_.thrown)           \
            return js_outcome_;           \
        js_outcome_;                      \
    })

#define js_try(x)                                            \
    ({                                                       \
        js_promise *js_promise_ = js_promise_of(x);          \
        js_value js_settled_;                                \
        if (attempt(js_wait(js_promise_, &js_settled_)) < 0) \
            return js_ended;                                 \
        js_settled_;                                         \
    })

#define js_ended ((js_value){ .type = JS_ENDED, .thrown = true })

/* Suspend until the promise is settled; *ret_outcome is its value or reason. Returns 0.
 * UV_ECANCELED: the script ends.
 */
co_checked int js_wait(js_promise *promise, js_value *ret_outcome);

/* ---- private ------------------------------------------------------------- */

typedef js_value js_body(void *self);

js_promise *js_call_async(const char *name, js_body *body, const void *arguments,
                          size_t size);
js_value js_call_async_value(const char *name, js_body *body, const void *arguments,
                             size_t size);

#define JS_UNUSED_ __attribute__((unused))

/* Parameters, up to six, as the fields of a struct. */
#define JS_DECLARE_(name, ...)              \
    struct name {                           \
        __VA_OPT__(JS_FIELDS_(__VA_ARGS__)) \
    }
#define JS_FIELDS_(field, ...) \
    field;                     \
    __VA_OPT__(JS_FIELDS_2_(__VA_ARGS__))
#define JS_FIELDS_2_(field, ...) \
    field;                       \
    __VA_OPT__(JS_FIELDS_3_(__VA_ARGS__))
#define JS_FIELDS_3_(field, ...) \
    field;                       \
    __VA_OPT__(JS_FIELDS_4_(__VA_ARGS__))
#define JS_FIELDS_4_(field, ...) \
    field;                       \
    __VA_OPT__(JS_FIELDS_5_(__VA_ARGS__))
#define JS_FIELDS_5_(field, ...) \
    field;                       \
    __VA_OPT__(JS_FIELDS_6_(__VA_ARGS__))
#define JS_FIELDS_6_(field) field;

#endif
