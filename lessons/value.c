#include "lessons/value.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A value has an address of its own, so that a reader in one thread is not disturbed
 * while another thread adds a value.
 */
struct value {
    enum { TEXT, OBJECT, LIST, ERROR } kind;
    int code;   /* of an error */
    char *text; /* what str() returns; NULL: the repr */
    char *repr; /* NULL: made of the text or the items when asked for */
    int *items; /* of a list */
    size_t count;
};

static struct {
    pthread_mutex_t mutex;
    struct value **all;
    size_t count, room;
    void **kept; /* memory of format() and of what tasks share */
    size_t kept_count, kept_room;
    co_queue **queues;
    size_t queue_count, queue_room;
} values = { .mutex = PTHREAD_MUTEX_INITIALIZER };

/* ---- storage -------------------------------------------------------------- */

static void out_of_memory(void)
{
    fputs("out of memory\n", stderr);
    abort();
}

static void *nonnull(void *memory)
{
    if (!memory)
        out_of_memory();
    return memory;
}

/* Room for one more in an array of pointers. */
static void *grown(void *array, size_t count, size_t *room)
{
    if (count < *room)
        return array;
    *room = *room ? 2 * *room : 16;
    return nonnull(realloc(array, *room * sizeof(void *)));
}

static int add(struct value value)
{
    struct value *copy = nonnull(malloc(sizeof(*copy)));

    *copy = value;
    pthread_mutex_lock(&values.mutex);
    values.all = grown(values.all, values.count, &values.room);
    values.all[values.count] = copy;
    int handle = VALUE_FIRST + (int)values.count++;
    pthread_mutex_unlock(&values.mutex);
    return handle;
}

/* NULL: it is a number. */
static struct value *find(int handle)
{
    struct value *found = NULL;

    pthread_mutex_lock(&values.mutex);
    if (handle >= VALUE_FIRST && (size_t)(handle - VALUE_FIRST) < values.count)
        found = values.all[handle - VALUE_FIRST];
    pthread_mutex_unlock(&values.mutex);
    return found;
}

static void *keep(void *memory)
{
    pthread_mutex_lock(&values.mutex);
    values.kept = grown(values.kept, values.kept_count, &values.kept_room);
    values.kept[values.kept_count++] = memory;
    pthread_mutex_unlock(&values.mutex);
    return memory;
}

static void free_values(void)
{
    for (size_t i = 0; i < values.count; i++) {
        struct value *value = values.all[i];
        if (value->repr != value->text)
            free(value->repr);
        free(value->text);
        free(value->items);
        free(value);
    }
    free(values.all);
    values.all = NULL;
    values.count = values.room = 0;
}

static void free_kept(void)
{
    for (size_t i = 0; i < values.queue_count; i++)
        co_queue_finish(values.queues[i]);
    for (size_t i = 0; i < values.kept_count; i++)
        free(values.kept[i]);
    free(values.queues);
    free(values.kept);
    values.queues = NULL;
    values.kept = NULL;
    values.queue_count = values.queue_room = values.kept_count = values.kept_room = 0;
}

void values_free(void)
{
    free_values();
    free_kept();
}

/* ---- making --------------------------------------------------------------- */

static char *formatted(const char *format, va_list arguments)
{
    char *characters;

    if (vasprintf(&characters, format, arguments) < 0)
        out_of_memory();
    return characters;
}

int text(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    char *characters = formatted(format, arguments);
    va_end(arguments);
    return add((struct value){ .kind = TEXT, .text = characters });
}

int object(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    char *characters = formatted(format, arguments);
    va_end(arguments);
    return add(
        (struct value){ .kind = OBJECT, .text = characters, .repr = characters });
}

const char *format(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    char *characters = formatted(format, arguments);
    va_end(arguments);
    return keep(characters);
}

int list_of(const int items[], size_t count)
{
    struct value list = { .kind = LIST, .count = count };

    list.items = nonnull(malloc(count * sizeof(int) + 1));
    memcpy(list.items, items, count * sizeof(int));
    return add(list);
}

static int error_value(co_task *task)
{
    char repr[512];
    const co_error *error = co_future_error(task);

    co_error_repr(error, repr, sizeof(repr));
    return add((struct value){
        .kind = ERROR,
        .code = co_error_code(error),
        .text =
            nonnull(strdup(co_error_has_reason(error) ? co_error_reason(error) : "")),
        .repr = nonnull(strdup(repr)),
    });
}

int list_of_results(co_task *const tasks[], size_t count)
{
    int *results = nonnull(calloc(count + 1, sizeof(int)));

    for (size_t i = 0; i < count; i++)
        results[i] =
            co_outcome(tasks[i]) < 0 ? error_value(tasks[i]) : co_outcome(tasks[i]);
    int all = list_of(results, count);
    free(results);
    return all;
}

/* ---- what tasks share ----------------------------------------------------- */

co_queue *new_queue(const char *name, size_t maxsize)
{
    co_queue *queue = keep(nonnull(malloc(sizeof(*queue))));

    co_queue_init(queue, maxsize);
    queue->name = name;
    pthread_mutex_lock(&values.mutex);
    values.queues = grown(values.queues, values.queue_count, &values.queue_room);
    values.queues[values.queue_count++] = queue;
    pthread_mutex_unlock(&values.mutex);
    return queue;
}

co_lock *new_lock(const char *name)
{
    co_lock *lock = keep(nonnull(malloc(sizeof(*lock))));

    co_lock_init(lock);
    lock->name = name;
    return lock;
}

co_semaphore *new_semaphore(const char *name, int value)
{
    co_semaphore *semaphore = keep(nonnull(malloc(sizeof(*semaphore))));

    co_semaphore_init(semaphore, value);
    semaphore->name = name;
    return semaphore;
}

co_event *new_event(const char *name)
{
    co_event *event = keep(nonnull(malloc(sizeof(*event))));

    co_event_init(event);
    event->name = name;
    return event;
}

/* ---- asking --------------------------------------------------------------- */

int len(int list)
{
    const struct value *value = find(list);

    return value ? (int)value->count : 0;
}

int at(int list, int i)
{
    const struct value *value = find(list);

    return value && i >= 0 && (size_t)i < value->count ? value->items[i] : 0;
}

int error_of(int value)
{
    const struct value *found = find(value);

    return found ? found->code : 0;
}

static void write_quoted(FILE *out, const char *characters)
{
    char quote = strchr(characters, '\'') && !strchr(characters, '"') ? '"' : '\'';

    fputc(quote, out);
    for (; *characters; characters++)
        if (*characters == '\n')
            fputs("\\n", out);
        else
            fprintf(out, "%s%c",
                    *characters == quote || *characters == '\\' ? "\\" : "",
                    *characters);
    fputc(quote, out);
}

static void write_list(FILE *out, const struct value *list)
{
    fputc('[', out);
    for (size_t i = 0; i < list->count; i++)
        fprintf(out, "%s%s", i ? ", " : "", repr(list->items[i]));
    fputc(']', out);
}

const char *repr(int value)
{
    struct value *found = find(value);
    size_t size;
    char *characters;

    if (value == None)
        return "None";
    if (!found)
        return format("%d", value);
    if (found->repr)
        return found->repr;

    FILE *out = nonnull(open_memstream(&characters, &size));
    if (found->kind == LIST)
        write_list(out, found);
    else
        write_quoted(out, found->text);
    if (fclose(out) != 0)
        out_of_memory();
    return keep(characters);
}

const char *str(int value)
{
    const struct value *found = find(value);

    return found && found->text ? found->text : repr(value);
}

const char *coroutine_repr(const co_coroutine *coroutine)
{
    return format("<coroutine object %s at 0x...>", co_coroutine_function(coroutine));
}

/* ---- waiting -------------------------------------------------------------- */

int gatherv(co_task *const tasks[], size_t count)
{
    int r = co_gatherv(tasks, count);

    return r < 0 ? r : list_of_results(tasks, count);
}

int settlev(co_task *const tasks[], size_t count)
{
    int r = co_settlev(tasks, count);

    return r < 0 ? r : list_of_results(tasks, count);
}

co_as_completed *watch_tasks(co_as_completed *all, co_task *const tasks[], size_t count)
{
    co_as_completed_init(all, tasks, count, CO_FOREVER);
    return all;
}

/* A task may fail with CO_ESTOP, too; then the outcome has a task. */
int next_outcome(co_as_completed *all, int *ret_outcome)
{
    co_task *task = NULL;

    *ret_outcome = co_as_completed_next(all, &task);
    return *ret_outcome != CO_ESTOP || task != NULL;
}

int put(co_queue *queue, int value)
{
    return co_queue_put(queue, (void *)(intptr_t)value);
}

int get(co_queue *queue)
{
    void *item;
    int r = co_queue_get(queue, &item);

    return r < 0 ? r : (int)(intptr_t)item;
}
