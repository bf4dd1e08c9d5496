/* Run a random program of JavaScript on the engine: javascript < PROGRAM.
 *
 * javascript.py makes the program, and prints it as JavaScript for Node. It is a list
 * of functions, which share some promises in slots:
 *
 *     async 3          the kind of the function and its number; others: generator,
 * plain let 2 call 5     slots[2] = f5() await 2          show(await slots[2]) end
 *
 * Each line that it prints begins with the time in milliseconds.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lessons/javascript/javascript.h"

enum { LINES = 2000, FUNCTIONS = 40, SLOTS = 6, WORDS = 5 };

/* A line of the program: words, and numbers where they are some. */
static struct line {
    char text[64];
    const char *words[WORDS];
    int numbers[WORDS];
} lines[LINES];

static int line_count;
static int first_lines[FUNCTIONS]; /* of the functions: the line of its head */

static js_promise *slots[SLOTS];
static js_promise *deferred[SLOTS]; /* what `new` has made */
static js_iterator *iterators[SLOTS];

/* ---- reading ------------------------------------------------------------- */

static bool is(int at, int word, const char *text)
{
    const char *found = lines[at].words[word];

    return found && strcmp(found, text) == 0;
}

static void split(struct line *line)
{
    char *rest = line->text;

    rest[strcspn(rest, "\n")] = '\0';
    for (int i = 0; i < WORDS && (line->words[i] = strsep(&rest, " ")); i++)
        line->numbers[i] = atoi(line->words[i]);
}

static void read_program(void)
{
    for (; line_count < LINES && fgets(lines[line_count].text, 64, stdin);
         line_count++) {
        split(&lines[line_count]);
        if (is(line_count, 0, "async") || is(line_count, 0, "generator") ||
            is(line_count, 0, "plain"))
            first_lines[lines[line_count].numbers[1]] = line_count;
    }
}

static bool begins_block(int at) { return is(at, 0, "try") || is(at, 0, "for"); }

/* The line of the `end`, or the `catch`, of the block that the line before begins. */
static int end_of_block(int at, const char *word)
{
    for (int depth = 0;; at++)
        if (depth == 0 && is(at, 0, word))
            return at;
        else if (begins_block(at))
            depth++;
        else if (is(at, 0, "end"))
            depth--;
}

/* ---- values -------------------------------------------------------------- */

static const char *show(js_value value)
{
    const char *text = "";

    switch (value.type) {
    case JS_ERROR:
        return js_message(value);
    case JS_PROMISE:
        return "promise";
    case JS_RESULT:
        return js_format("{%s %d}", show(value.result->value), value.result->done);
    case JS_ARRAY:
        js_for_of(item, value)
            text = js_format("%s%s;", text, show(item));
        return js_format("[%s]", text);
    default:
        return js_string(value);
    }
}

static void print(const char *what, const char *text)
{
    printf("%.0f %s %s\n", js_date_now(), what, text);
}

/* A number, or a promise: "7", "slot 2". */
static js_value operand(int at, int word)
{
    if (is(at, word, "slot"))
        return js_promise_value(slots[lines[at].numbers[word + 1]]);
    return js_number(lines[at].numbers[word]);
}

/* ---- running ------------------------------------------------------------- */

static js_promise *call(int k);
static js_iterator *generate(int k);
static js_closure closure_of(int k);

/* The promise of `let SLOT HOW A B`. */
static js_promise *make(int at)
{
    const int *numbers = lines[at].numbers;
    js_promise *both[] = { slots[numbers[3] % SLOTS], slots[numbers[4] % SLOTS] };

    if (is(at, 2, "call"))
        return call(numbers[3]);
    if (is(at, 2, "sleep"))
        return js_sleep(numbers[3]);
    if (is(at, 2, "new"))
        return deferred[numbers[1]] = js_promise_new();
    if (is(at, 2, "resolved"))
        return js_promise_resolve(operand(at, 3));
    if (is(at, 2, "rejected"))
        return js_promise_reject(js_error("e%d", numbers[3]));
    if (is(at, 2, "then"))
        return js_promise_then(both[0], closure_of(numbers[4]), js_no_closure);
    if (is(at, 2, "catch"))
        return js_promise_then(both[0], js_no_closure, closure_of(numbers[4]));
    if (is(at, 2, "finally"))
        return js_promise_finally(both[0], closure_of(numbers[4]));
    if (is(at, 2, "all"))
        return js_all_of(both, 2);
    if (is(at, 2, "race"))
        return js_race_of(both, 2);
    if (is(at, 2, "settled"))
        return js_all_settled_of(both, 2);
    if (is(at, 2, "next"))
        return js_next(iterators[numbers[3]]);
    if (is(at, 2, "return"))
        return js_iterator_return(iterators[numbers[3]]);
    fprintf(stderr, "unknown: %s\n", lines[at].words[2]);
    exit(2);
}

js_function(nothing) { return js_undefined; }

/* What does not wait. */
static void run_plain_statement(int at)
{
    const int *numbers = lines[at].numbers;

    if (is(at, 0, "say"))
        print("say", lines[at].words[1]);
    else if (is(at, 0, "let"))
        slots[numbers[1]] = make(at);
    else if (is(at, 0, "guard"))
        js_catch(slots[numbers[1]], nothing);
    else if (is(at, 0, "resolve") && deferred[numbers[1]])
        js_resolve(deferred[numbers[1]], operand(at, 2));
    else if (is(at, 0, "reject") && deferred[numbers[1]])
        js_reject(deferred[numbers[1]], js_error("e%d", numbers[2]));
    else if (is(at, 0, "generate"))
        iterators[numbers[1]] = generate(numbers[2]);
    else if (is(at, 0, "microtask"))
        js_queue_closure(closure_of(numbers[1]));
    else if (is(at, 0, "timer"))
        js_timer_start(closure_of(numbers[2]), numbers[1], false);
}

/* Where a block was left early. */
struct flow {
    bool returns, breaks;
};

static js_value run_block(int from, struct flow *flow);

static js_value run_for(int at, struct flow *flow)
{
    js_for_await(value, generate(lines[at].numbers[1])) {
        print("of", show(value));
        js_value result = run_block(at + 1, flow);
        if (result.thrown || flow->returns)
            return result;
        if (flow->breaks)
            break;
    }
    flow->breaks = false;
    return js_undefined;
}

static js_value run_try(int at, struct flow *flow)
{
    js_value result = run_block(at + 1, flow);

    if (!result.thrown || result.type == JS_ENDED)
        return result;
    print("caught", show(result));
    return run_block(end_of_block(at + 1, "catch") + 1, flow);
}

static js_value run_statement(int at, struct flow *flow)
{
    const int *numbers = lines[at].numbers;

    if (is(at, 0, "await"))
        print("await", show(js_await(slots[numbers[1]])));
    else if (is(at, 0, "turn"))
        js_await(js_null);
    else if (is(at, 0, "yield"))
        js_yield(operand(at, 1));
    else if (is(at, 0, "throw"))
        return js_throw(js_error("e%d", numbers[1]));
    else if (is(at, 0, "for"))
        return run_for(at, flow);
    else if (is(at, 0, "try"))
        return run_try(at, flow);
    else if (is(at, 0, "break"))
        flow->breaks = true;
    else if (is(at, 0, "return")) {
        flow->returns = true;
        return operand(at, 1);
    } else
        run_plain_statement(at);
    return js_undefined;
}

static js_value run_block(int from, struct flow *flow)
{
    js_value result = js_undefined;
    int at = from;

    while (!is(at, 0, "end") && !is(at, 0, "catch") && !result.thrown &&
           !flow->returns && !flow->breaks) {
        result = run_statement(at, flow);
        at = begins_block(at) ? end_of_block(at + 1, "end") + 1 : at + 1;
    }
    return result;
}

static js_value run_body(int k)
{
    return run_block(first_lines[k] + 1, &(struct flow){});
}

js_async(run_async, int k) { return run_body(self->k); }
js_async_generator(run_generator, int k) { return run_body(self->k); }

js_function(run_function, int k)
{
    print("value", show(value));
    return run_body(self->k);
}

static js_promise *call(int k) { return js_call(run_async, k); }
static js_iterator *generate(int k) { return js_call(run_generator, k); }
static js_closure closure_of(int k) { return js_closure(run_function, k); }

js_async(main_function)
{
    for (int i = 0; i < SLOTS; i++) {
        slots[i] = js_promise_resolve(js_number(i));
        iterators[i] = NULL;
    }
    js_call(run_async, 0);
    return js_undefined;
}

static int program(void)
{
    int r = js_run(main_function);

    printf("%.0f %s\n", js_date_now(), r < 0 ? "error" : "ok");
    return 0;
}

int main(void)
{
    read_program();
    return co_program(program, &(co_options){ .virtual_time = true }) < 0;
}
