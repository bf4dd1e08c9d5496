/* inspect.c — values as text: in template literals, and as console.log() shows them. */
#include "lessons/javascript/promise.h"

#include <math.h>
#include <string.h>

/* ---- String(value) ------------------------------------------------------- */

static const char *joined(const js_array *array)
{
    const char *text = "";

    for (size_t i = 0; i < array->length; i++) {
        const js_value item = array->items[i];
        bool is_nothing = item.type == JS_UNDEFINED || item.type == JS_NULL;
        text = js_format("%s%s%s", text, i ? "," : "",
                         is_nothing ? "" : js_string_of(item));
    }
    return text;
}

const char *js_string_of(js_value value)
{
    switch (value.type) {
    case JS_UNDEFINED:
    case JS_ENDED:
        return "undefined";
    case JS_NULL:
        return "null";
    case JS_BOOLEAN:
        return value.boolean ? "true" : "false";
    case JS_NUMBER:
        return js_string_of_number(value.number);
    case JS_STRING:
        return value.string;
    case JS_ERROR:
        return *value.string ? js_format("Error: %s", value.string) : "Error";
    case JS_ARRAY:
        return joined(value.array);
    case JS_PROMISE:
        return "[object Promise]";
    case JS_ITERATOR:
        return "[object AsyncGenerator]";
    case JS_THENABLE:
    case JS_RESULT:
        break;
    }
    return "[object Object]";
}

/* ---- console.log(value) -------------------------------------------------- */

/* In single quotes, unless it has some and no double ones. */
static const char *quoted(const char *string)
{
    char quote = strchr(string, '\'') && !strchr(string, '"') ? '"' : '\'';
    char *text = js_alloc(2 * strlen(string) + 3), *end = text;

    *end++ = quote;
    for (; *string; string++) {
        bool is_newline = *string == '\n';
        if (is_newline || *string == quote || *string == '\\')
            *end++ = '\\';
        *end++ = is_newline ? 'n' : *string;
    }
    *end = quote;
    return text;
}

static const char *inspect_within(js_value value, int indent);

/* One line if it is not too long, else a line for each item. */
static const char *in_brackets(const js_array *array, int indent)
{
    enum { BREAK_LENGTH = 80, MARGIN = 11 };
    const char *line = "", *lines = "";
    size_t length = 2 * array->length + (size_t)indent + MARGIN;

    if (array->length == 0)
        return "[]";
    for (size_t i = 0; i < array->length; i++) {
        const char *item = inspect_within(array->items[i], indent + 2);
        line = js_format("%s%s%s", line, i ? ", " : "", item);
        lines = js_format("%s%s\n%*s%s", lines, i ? "," : "", indent + 2, "", item);
        length += strlen(item);
    }
    if (length <= BREAK_LENGTH && !strchr(line, '\n'))
        return js_format("[ %s ]", line);
    return js_format("[%s\n%*s]", lines, indent, "");
}

static const char *inspect_promise(const js_promise *promise, int indent)
{
    if (promise->state == JS_PENDING)
        return "Promise { <pending> }";
    return js_format("Promise { %s%s }",
                     promise->state == JS_REJECTED ? "<rejected> " : "",
                     inspect_within(promise->value, indent + 2));
}

/* `indent` is two for each level that the value is in. */
static const char *inspect_within(js_value value, int indent)
{
    enum { DEEPEST = 2 * 2 };

    switch (value.type) {
    case JS_STRING:
        return quoted(value.string);
    case JS_ERROR:
        return js_format("[%s]", js_string_of(value));
    case JS_NUMBER:
        return value.number == 0 && signbit(value.number) ? "-0" : js_string_of(value);
    case JS_ARRAY:
        return indent > DEEPEST ? "[Array]" : in_brackets(value.array, indent);
    case JS_PROMISE:
        return inspect_promise(value.promise, indent);
    case JS_RESULT:
        return js_format("{ value: %s, done: %s }",
                         inspect_within(value.result->value, indent + 2),
                         value.result->done ? "true" : "false");
    case JS_ITERATOR:
        return "Object [AsyncGenerator] {}";
    case JS_THENABLE:
        return "{ then: [Function: then] }";
    default:
        return js_string_of(value);
    }
}

const char *js_inspect(js_value value)
{
    return value.type == JS_STRING ? value.string : inspect_within(value, 0);
}
