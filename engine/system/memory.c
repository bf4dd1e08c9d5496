#include "engine/system/memory.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "engine/system/fatal.h"

static void *must(void *memory, size_t size)
{
    if (!memory)
        co_fatal("out of memory: %zu bytes could not be had; run fewer tasks", size);
    return memory;
}

void *co_alloc(size_t size) { return must(malloc(size), size); }

void *co_realloc(void *memory, size_t size)
{
    return must(realloc(memory, size), size);
}

char *co_strdup(const char *text)
{
    size_t size = strlen(text) + 1;

    return memcpy(co_alloc(size), text, size);
}

/* Like must(), for a text of unknown size. */
static void *must_text(void *text)
{
    if (!text)
        co_fatal("out of memory: a text could not be had; run fewer tasks");
    return text;
}

char *co_vformat(const char *format, va_list arguments)
{
    char *text = NULL;
    int length = vasprintf(&text, format, arguments);

    return must_text(length < 0 ? NULL : text);
}

char *co_format(const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    char *text = co_vformat(format, arguments);
    va_end(arguments);
    return text;
}

void co_text_begin(struct co_text *text)
{
    *text = (struct co_text){};
    text->out = must_text(open_memstream(&text->chars, &text->size));
}

char *co_text_end(struct co_text *text)
{
    bool whole = !ferror(text->out);

    whole &= fclose(text->out) == 0;
    return must_text(whole ? text->chars : NULL);
}

/* A block begins with its link, in a cache line of its own; the records follow. The
 * first block has this many records, and each further one twice as many, up to a limit.
 */
enum { LINE = 64, FIRST_COUNT = 16, MAX_COUNT = 1024 };

void co_slab_init(struct co_slab *slab, size_t size)
{
    *slab = (struct co_slab){
        .size = (size + LINE - 1) / LINE * LINE,
        .next = FIRST_COUNT,
    };
}

void co_slab_finish(struct co_slab *slab)
{
    for (void *block = slab->blocks, *next; block; block = next) {
        next = *(void **)block;
        free(block);
    }
    slab->blocks = slab->free = NULL;
}

/* Allocate a block, return its first record, and make the others free, in the order of
 * their addresses.
 */
void *co_slab_refill(struct co_slab *slab)
{
    size_t size = LINE + slab->next * slab->size;
    char *block = must(aligned_alloc(LINE, size), size);
    char *first = block + LINE;

    *(void **)block = slab->blocks;
    slab->blocks = block;
    for (size_t i = slab->next; i-- > 1;)
        co_slab_give(slab, first + i * slab->size);
    if (slab->next < MAX_COUNT)
        slab->next *= 2;
    return first;
}
