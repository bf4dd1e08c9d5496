#include "engine/core/serial.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "engine/system/memory.h"

/* The open ones: that of the program first, then those of its runners. */
static _Thread_local struct {
    uint64_t *serials;
    size_t count, room;
} open;

_Thread_local uint16_t co_program_tag;

/* From 1 to 65535. */
static uint16_t tag_of(uint64_t serial) { return (uint16_t)(serial % UINT16_MAX + 1); }

uint64_t co_serial_open(void)
{
    static _Atomic uint64_t last;
    const uint64_t serial = atomic_fetch_add(&last, 1) + 1;

    if (open.count == open.room) {
        open.room = open.room ? 2 * open.room : 4;
        open.serials = co_realloc(open.serials, open.room * sizeof(*open.serials));
    }
    if (open.count == 0)
        co_program_tag = tag_of(serial);
    open.serials[open.count++] = serial;
    return serial;
}

void co_serial_close(uint64_t serial)
{
    for (size_t i = open.count; i-- > 0;)
        if (open.serials[i] == serial) {
            open.serials[i] = open.serials[--open.count];
            return;
        }
}

void co_serial_close_all(void)
{
    free(open.serials);
    open.serials = NULL;
    open.count = open.room = 0;
    co_program_tag = 0;
}

bool co_serial_is_open(int32_t mark)
{
    for (size_t i = open.count; i-- > 0;)
        if (co_serial_mark(open.serials[i]) == mark)
            return true;
    return false;
}
