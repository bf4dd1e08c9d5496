/* memory.h — allocation that does not fail: out of memory ends the program with a
 * message.
 *
 * A program of coroutines cannot handle it, so no function here returns NULL.
 * (Private to the engine.)
 */
#ifndef CO_MEMORY_H
#define CO_MEMORY_H

#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

void *co_alloc(size_t size);
void *co_realloc(void *memory, size_t size);
char *co_strdup(const char *text);
char *co_format(const char *format, ...) __attribute__((format(printf, 1, 2)));
char *co_vformat(const char *format, va_list arguments)
    __attribute__((format(printf, 1, 0)));

/* A text that is written to the stream `out`. co_text_end() returns it; free() it. */
struct co_text {
    FILE *out;
    char *chars;
    size_t size;
};

void co_text_begin(struct co_text *text);
char *co_text_end(struct co_text *text);

/* A slab: records of one size side by side, so that many of them fit the cache. Freed
 * records are reused, the last one first.
 */
struct co_slab {
    size_t size;  /* of a record, a multiple of 64 */
    size_t next;  /* records the next block will have */
    void *free;   /* records not in use, each pointing at another */
    void *blocks; /* all memory taken, each block pointing at another */
};

void co_slab_init(struct co_slab *slab, size_t size);
void co_slab_finish(struct co_slab *slab);
void *co_slab_refill(struct co_slab *slab);

static inline void *co_slab_take(struct co_slab *slab)
{
    void *record = slab->free;

    if (!record)
        return co_slab_refill(slab);
    slab->free = *(void **)record;
    return record;
}

static inline void co_slab_give(struct co_slab *slab, void *record)
{
    *(void **)record = slab->free;
    slab->free = record;
}

#endif
