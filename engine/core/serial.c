#include "engine/core/serial.h"

#include <pthread.h>
#include <stdlib.h>

#include "engine/system/memory.h"

/* The open loops of all threads. */
static struct {
    pthread_mutex_t mutex;
    uint64_t last; /* number that was given */
    struct entry {
        uint64_t serial;
        const void *thread; /* the address of its co_program_tag */
    } * entries;
    size_t count, room;
} open = { .mutex = PTHREAD_MUTEX_INITIALIZER };

_Thread_local uint16_t co_program_tag;

/* From 1 to 65535. */
static uint16_t tag_of(uint64_t serial) { return (uint16_t)(serial % UINT16_MAX + 1); }

uint64_t co_serial_open(void)
{
    pthread_mutex_lock(&open.mutex);
    const uint64_t serial = ++open.last;
    if (open.count == open.room) {
        open.room = open.room ? 2 * open.room : 4;
        open.entries = co_realloc(open.entries, open.room * sizeof(*open.entries));
    }
    open.entries[open.count++] = (struct entry){ serial, &co_program_tag };
    pthread_mutex_unlock(&open.mutex);
    if (co_program_tag == 0)
        co_program_tag = tag_of(serial);
    return serial;
}

/* Remove the loop of this number, which is of this thread; 0: all of this thread. */
static void remove_entries(uint64_t serial)
{
    size_t kept = 0;

    pthread_mutex_lock(&open.mutex);
    for (size_t i = 0; i < open.count; i++)
        if (open.entries[i].thread != &co_program_tag ||
            (serial && open.entries[i].serial != serial))
            open.entries[kept++] = open.entries[i];
    open.count = kept;
    if (open.count == 0) {
        free(open.entries);
        open.entries = NULL;
        open.room = 0;
    }
    pthread_mutex_unlock(&open.mutex);
}

void co_serial_close(uint64_t serial) { remove_entries(serial); }

void co_serial_close_all(void)
{
    remove_entries(0);
    co_program_tag = 0;
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
