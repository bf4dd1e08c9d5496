#include "engine/core/serial.h"

#include <pthread.h>
#include <stdlib.h>

#include "engine/system/memory.h"

/* The open loops of all threads. */
static struct {
    pthread_mutex_t mutex;
    uint64_t last; /* the serial of the newest loop */
    struct entry {
        uint64_t serial;
        struct co_loop *loop; /* may represent several loops */
    } * entries;
    size_t count, capacity;
} open = { .mutex = PTHREAD_MUTEX_INITIALIZER };

_Thread_local uint16_t co_program_tag;

/* From 1 to 65535. */
static uint16_t tag_of(uint64_t serial) { return (uint16_t)(serial % UINT16_MAX + 1); }

uint64_t co_serial_open(struct co_loop *loop)
{
    pthread_mutex_lock(&open.mutex);
    const uint64_t serial = ++open.last;
    if (open.count == open.capacity) {
        open.capacity = open.capacity ? 2 * open.capacity : 4;
        open.entries = co_realloc(open.entries, open.capacity * sizeof(*open.entries));
    }
    open.entries[open.count++] = (struct entry){ serial, loop };
    pthread_mutex_unlock(&open.mutex);
    if (co_program_tag == 0)
        co_program_tag = tag_of(serial);
    return serial;
}

/* Remove the entry of this serial; if that is 0, all entries of this struct. */
static void remove_entries(uint64_t serial, const struct co_loop *loop)
{
    size_t kept = 0;

    pthread_mutex_lock(&open.mutex);
    for (size_t i = 0; i < open.count; i++)
        if (serial ? open.entries[i].serial != serial : open.entries[i].loop != loop)
            open.entries[kept++] = open.entries[i];
    open.count = kept;
    if (open.count == 0) {
        free(open.entries);
        open.entries = NULL;
        open.capacity = 0;
    }
    pthread_mutex_unlock(&open.mutex);
}

void co_serial_close(uint64_t serial) { remove_entries(serial, NULL); }

void co_serial_close_all(const struct co_loop *loop)
{
    remove_entries(0, loop);
    co_program_tag = 0;
}

struct co_loop *co_serial_find(uint64_t serial, void (*lock)(struct co_loop *loop))
{
    struct co_loop *loop = NULL;

    pthread_mutex_lock(&open.mutex);
    for (size_t i = 0; i < open.count && !loop; i++)
        if (open.entries[i].serial == serial)
            loop = open.entries[i].loop;
    if (loop)
        lock(loop);
    pthread_mutex_unlock(&open.mutex);
    return loop;
}

bool co_serial_is_open(int32_t mark)
{
    bool found = false;

    pthread_mutex_lock(&open.mutex);
    for (size_t i = 0; i < open.count && !found; i++)
        found = co_serial_mark(open.entries[i].serial) == mark;
    pthread_mutex_unlock(&open.mutex);
    return found;
}
