#include "lessons/javascript/value.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- memory -------------------------------------------------------------- */

struct block {
    struct block *next;
    _Alignas(max_align_t) char bytes[];
};

static _Thread_local struct block *blocks;

void *js_alloc(size_t size)
{
    struct block *block = calloc(1, sizeof(*block) + size);

    if (!block) {
        fputs("out of memory\n", stderr);
        abort();
    }
    block->next = blocks;
    blocks = block;
    return block->bytes;
}

void *js_copy(const void *bytes, size_t size)
{
    void *copy = js_alloc(size);

    return size ? memcpy(copy, bytes, size) : copy;
}

void js_free_all(void)
{
    while (blocks) {
        struct block *block = blocks;
        blocks = block->next;
        free(block);
    }
}

static const char *vformat(const char *format, va_list arguments)
{
    va_list again;

    va_copy(again, arguments);
    size_t size = (size_t)vsnprintf(NULL, 0, format, again) + 1;
    va_end(again);
    char *text = js_alloc(size);
    vsnprintf(text, size, format, arguments);
    return text;
}

const char *js_format(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    const char *text = vformat(format, arguments);
    va_end(arguments);
    return text;
}

/* ---- making -------------------------------------------------------------- */

static js_result done = { .done = true };

const js_value js_done = { .type = JS_RESULT, .result = &done };

js_value js_boolean(bool boolean)
{
    return (js_value){ .type = JS_BOOLEAN, .boolean = boolean };
}

js_value js_number(double number)
{
    return (js_value){ .type = JS_NUMBER, .number = number };
}

js_value js_text(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    js_value text = { .type = JS_STRING, .string = vformat(format, arguments) };
    va_end(arguments);
    return text;
}

js_value js_error(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    js_value error = { .type = JS_ERROR, .string = vformat(format, arguments) };
    va_end(arguments);
    return error;
}

js_value js_array_new(size_t length)
{
    js_array *array = js_alloc(sizeof(*array) + length * sizeof(js_value));

    array->length = length;
    return (js_value){ .type = JS_ARRAY, .array = array };
}

/* Arrays are short: each push makes a new one. */
void js_push(js_value *array, js_value value)
{
    size_t length = array->array->length;
    js_value longer = js_array_new(length + 1);

    memcpy(longer.array->items, array->array->items, length * sizeof(js_value));
    longer.array->items[length] = value;
    *array = longer;
}

js_value js_yielded(js_value value)
{
    js_result *result = js_alloc(sizeof(*result));

    result->value = value;
    return (js_value){ .type = JS_RESULT, .result = result };
}

js_value js_throw(js_value value)
{
    value.thrown = true;
    return value;
}

const char *js_message(js_value value)
{
    return value.type == JS_ERROR ? value.string : "";
}

/* ---- numbers as text ----------------------------------------------------- */

/* The fewest digits that give this number again, without a point; the number is
 * 0.DIGITS times ten to the power of the result.
 */
static int shortest_digits(double number, char ret_digits[24])
{
    char text[40];
    int precision = 0;

    do
        snprintf(text, sizeof(text), "%.*e", precision, number);
    while (strtod(text, NULL) != number && ++precision < 17);
    char *exponent = strchr(text, 'e');
    *exponent++ = '\0';
    ret_digits[0] = text[0];
    ret_digits[1] = '\0';
    if (precision)
        strcpy(ret_digits + 1, text + 2);
    return atoi(exponent) + 1;
}

static const char *zeros(int count) { return &"000000000000000000000"[21 - count]; }

/* Number::toString() of ECMAScript. */
const char *js_string_of_number(double number)
{
    char digits[24];

    if (isnan(number))
        return "NaN";
    if (number == 0)
        return "0";
    const char *sign = number < 0 ? "-" : "";
    if (isinf(number))
        return js_format("%sInfinity", sign);
    int point = shortest_digits(fabs(number), digits), count = (int)strlen(digits);
    if (point > 21 || point < -5)
        return js_format("%s%c%s%se%+d", sign, digits[0], count > 1 ? "." : "",
                         digits + 1, point - 1);
    if (point >= count)
        return js_format("%s%s%s", sign, digits, zeros(point - count));
    if (point > 0)
        return js_format("%s%.*s.%s", sign, point, digits, digits + point);
    return js_format("%s0.%s%s", sign, zeros(-point), digits);
}

/* True if the number is exactly between two numbers of `digits` digits. If it is only
 * close to that, a digit among the next sixty is not zero: a double has 53 bits.
 */
static bool is_tie(double number, int digits)
{
    enum { MORE = 60 };
    char text[128];
    int length = snprintf(text, sizeof(text), "%.*f", digits + MORE, number);

    return text[length - MORE] == '5' &&
           strspn(text + length - MORE + 1, "0") == MORE - 1;
}

/* printf() rounds a tie to the even digit: move it by a quarter of a step, away from
 * zero.
 */
const char *js_to_fixed(double number, int digits)
{
    double quarter = copysign(pow(10, -digits) / 4, number);

    if (isnan(number) || fabs(number) >= 1e21)
        return js_string_of_number(number);
    return js_format("%.*f", digits, number + (is_tie(number, digits) ? quarter : 0));
}
