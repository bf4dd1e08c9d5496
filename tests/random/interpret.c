/* interpret — run random programs on the engine, and print what happens in each.
 *
 * Reads programs from stdin, each "program NUMBER { part … }". A part or statement
 * is a word, its numbers, and its blocks of further statements in braces. Prints the
 * number of each and its event lines; with --reached also which statements ran, and how
 * often; with --trace also the events of its trace. Every program runs twice, without
 * and with an observer, which must make no difference; with --trace only once.
 */
#include <stdlib.h>
#include <string.h>

#include "tests/random/world.h"

/* ---- reading ------------------------------------------------------------- */

static void fail(const char *what, const char *word)
{
    fprintf(stderr, "interpret: %s: '%s'\n", what, word);
    exit(2);
}

struct reader {
    FILE *in;
    char word[32]; /* the next one; empty: the end */
};

static void advance(struct reader *reader)
{
    if (fscanf(reader->in, "%31s", reader->word) != 1)
        *reader->word = '\0';
}

static bool at(const struct reader *reader, const char *word)
{
    return strcmp(reader->word, word) == 0;
}

static void expect(struct reader *reader, const char *word)
{
    if (!at(reader, word))
        fail(word, reader->word);
    advance(reader);
}

static bool at_number(const struct reader *reader)
{
    return strspn(reader->word, "-0123456789") > 0;
}

static struct node *read_block(struct reader *reader);

static struct node *read_node(struct reader *reader)
{
    struct node *node = calloc(1, sizeof(*node));

    if (!node)
        abort();
    snprintf(node->word, sizeof(node->word), "%.15s", reader->word);
    node->run = statement_named(reader->word);
    node->reached = &node->times;
    for (advance(reader); at_number(reader); advance(reader)) {
        if (node->count == ARGS)
            fail("too many numbers", node->word);
        node->args[node->count++] = atoi(reader->word);
    }
    for (int i = 0; at(reader, "{"); i++) {
        if (i == 3)
            fail("too many blocks", node->word);
        node->blocks[i] = read_block(reader);
    }
    return node;
}

static struct node *read_block(struct reader *reader)
{
    struct node *first = NULL, **end = &first;

    expect(reader, "{");
    while (!at(reader, "}")) {
        if (!*reader->word)
            fail("too short", "}");
        *end = read_node(reader);
        end = &(*end)->next;
    }
    advance(reader);
    return first;
}

static void node_free(struct node *node)
{
    for (struct node *next; node; node = next) {
        next = node->next;
        for (int i = 0; i < 3; i++)
            node_free(node->blocks[i]);
        free(node);
    }
}

/* ---- running ------------------------------------------------------------- */

/* Notes a deadlock, where the comparison ends. */
struct watcher {
    co_observer observer;
    struct world *world;
    bool traces;
};

static void watch(co_observer *observer, const co_trace_event *record)
{
    struct watcher *watcher = co_container_of(observer, struct watcher, observer);

    if (watcher->traces)
        trace(watcher->world, record);
    if (record->kind != CO_DEADLOCK)
        return;
    ev(watcher->world, "deadlock");
    watcher->world->silent = true;
}

/* What program() below works on: co_program() passes nothing on. */
static struct {
    const struct node *parts;
    struct world world;
    FILE *out;
} running;

static int main_task(void *)
{
    co_set_exception_handler(&running.world.handler);
    return unit_run(&running.world, running.world.units[0]);
}

static int program(void)
{
    struct world *world = &running.world;

    world_init(world, running.parts, running.out);
    int r = co_run(main_task, NULL);
    if (r >= 0)
        ev(world, "end %d", r);
    else
        ev(world, "end %s", repr_error(r));
    world_finish(world);
    return 0;
}

/* Who watches a run. */
enum watching { UNWATCHED, WATCHED, TRACED };

/* The event lines, to be freed. */
static char *play(const struct node *parts, enum watching watching)
{
    struct watcher watcher = { { watch }, &running.world, watching == TRACED };
    char *lines = NULL;
    size_t size = 0;

    running.parts = parts;
    running.out = open_memstream(&lines, &size);
    if (!running.out)
        abort();
    co_program(program, &(co_options){
                            .virtual_time = true,
                            .stack_size = 128 * 1024,
                            .observer = watching ? &watcher.observer : NULL,
                        });
    fclose(running.out);
    return lines;
}

/* A run without an observer does not note the deadlock and prints its cleanup as well.
 */
static bool is_same(const char *watched, const char *unwatched)
{
    size_t length = strlen(watched);

    if (length > 9 && strcmp(watched + length - 9, "deadlock\n") == 0) {
        for (length -= 9; length > 0 && watched[length - 1] != '\n'; length--)
            ;
        return strncmp(watched, unwatched, length) == 0;
    }
    return strcmp(watched, unwatched) == 0;
}

static void print_reached(const struct node *block)
{
    for (; block; block = block->next) {
        if (block->times)
            printf(" %s %u", block->word, block->times);
        for (int i = 0; i < 3; i++)
            print_reached(block->blocks[i]);
    }
}

static void compare_with_unwatched(const struct node *parts, const char *watched)
{
    char *unwatched = play(parts, UNWATCHED);

    if (!is_same(watched, unwatched))
        printf("not so without an observer:\n%s", unwatched);
    free(unwatched);
}

static void run_program(const struct node *parts, bool reached, bool traced)
{
    char *watched = play(parts, traced ? TRACED : WATCHED);

    fputs(watched, stdout);
    if (reached) {
        fputs("reached", stdout);
        print_reached(parts);
        putchar('\n');
    }
    if (!traced)
        compare_with_unwatched(parts, watched);
    free(watched);
}

static bool has_flag(int argc, char *argv[], const char *flag)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], flag) == 0)
            return true;
    return false;
}

int main(int argc, char *argv[])
{
    bool reached = has_flag(argc, argv, "--reached");
    bool traced = has_flag(argc, argv, "--trace");
    struct reader reader = { .in = stdin };

    for (advance(&reader); *reader.word;) {
        expect(&reader, "program");
        printf("program %s\n", reader.word);
        /* Print the number first: it is known even if the program crashes. */
        fflush(stdout);
        advance(&reader);
        struct node *parts = read_block(&reader);
        run_program(parts, reached, traced);
        node_free(parts);
    }
    puts("done");
    return 0;
}
