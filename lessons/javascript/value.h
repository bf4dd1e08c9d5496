/* value.h — values of JavaScript: numbers, strings, errors, arrays, promises.
 *
 *     js_value total = js_number(3);
 *     say("%s of %s", js_string(total), js_string(0.5)); // 3 of 0.5
 *     return js_throw(js_error("no such page: %s", url));
 *
 * A value is small and passed by value. What it points at lives until the script ends.
 */
#ifndef JS_VALUE_H
#define JS_VALUE_H

#include <stdbool.h>
#include <stddef.h>

typedef enum js_type {
    JS_UNDEFINED,
    JS_NULL,
    JS_BOOLEAN,
    JS_NUMBER,
    JS_STRING,
    JS_ERROR,
    JS_ARRAY,
    JS_PROMISE,
    JS_THENABLE, /* an object with a method then() */
    JS_RESULT,   /* { value, done }: what next() of an iterator promises */
    JS_ITERATOR, /* an object with Symbol.asyncIterator */
    JS_ENDED, /* not a value: the function is left without running on; see js_try() */
} js_type;

/* A value, or with `thrown` the error of a function that has thrown it. ECMAScript
 * calls such a pair a completion.
 */
typedef struct js_value {
    js_type type;
    bool thrown;
    union {
        bool boolean;
        double number;
        const char *string; /* of an error: its message */
        struct js_array *array;
        struct js_promise *promise;
        struct js_thenable *thenable;
        struct js_result *result;
        struct js_iterator *iterator;
    };
} js_value;

typedef struct js_array {
    size_t length;
    js_value items[];
} js_array;

typedef struct js_result {
    js_value value;
    bool done;
} js_result;

#define js_undefined ((js_value){})
#define js_null ((js_value){ .type = JS_NULL })

/* { done: true } */
extern const js_value js_done;

js_value js_boolean(bool boolean);
js_value js_number(double number);

/* A string, as of a template literal. */
js_value js_text(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* new Error(message) */
js_value js_error(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* An array of `length` undefined. Its items may be set until another function has it.
 */
js_value js_array_new(size_t length);

/* array.push(value) */
void js_push(js_value *array, js_value value);

/* for (const name of array) */
/* clang-format off */
#define js_for_of(name, of)                                                       \
    for (js_value name = {}, *js_item_ = (of).array->items,                       \
             *js_end_ = js_item_ + (of).array->length;                            \
         js_item_ < js_end_ && ({ name = *js_item_++; true; });)
/* clang-format on */

/* { value: value, done: false } */
js_value js_yielded(js_value value);

/* throw value: a function throws by `return js_throw(js_error("…"));`. */
js_value js_throw(js_value value);

/* error.message; "" if it is no error. */
const char *js_message(js_value value);

/* `${x}` or String(x), of a value or a C number: an array is its items with commas
 * between.
 */
#define js_string(x) \
    _Generic((x), js_value : js_string_of, default : js_string_of_number)(x)
const char *js_string_of(js_value value);
const char *js_string_of_number(double number);

/* What console.log(value) prints, of arrays with up to six items. Strings in arrays
 * have quotes. An error has no stack to show: [Error: why].
 */
const char *js_inspect(js_value value);

/* number.toFixed(digits): of two numbers as near the greater one. Up to 20 digits. */
const char *js_to_fixed(double number, int digits);

/* Memory that lives until the script ends. js_format() is asprintf() in it. Out of
 * memory ends the program with a message.
 */
void *js_alloc(size_t size);
void *js_copy(const void *bytes, size_t size);
const char *js_format(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Release all of it; the script does. */
void js_free_all(void);

#endif
