/* serial.h — the serial numbers of loops, and which loops are open. (Private to the
 * engine.)
 *
 * Each loop has a number that no other loop of the process ever has. A primitive or a
 * future may exist longer than the loop it belongs to. So it stores the number, since a
 * pointer could point at freed memory.
 */
#ifndef CO_SERIAL_H
#define CO_SERIAL_H

#include <stdbool.h>
#include <stdint.h>

struct co_loop;

/* Register a new loop of this thread, and return its number, which is not 0. One struct
 * represents all loops of a program, of which one is current (loop_switch.h).
 */
uint64_t co_serial_open(struct co_loop *loop);

/* Remove a loop that is closed: it never runs a callback again. A number is closed at
 * most once.
 */
void co_serial_close(uint64_t serial);

/* Remove all loops of this struct, when the program ends. */
void co_serial_close_all(const struct co_loop *loop);

/* Find an open loop of any thread, lock its struct by lock(), and return it. The struct
 * is locked before another thread can end it. lock() must not call this file. NULL: the
 * loop is not open, and nothing is locked.
 */
struct co_loop *co_serial_find(uint64_t serial, void (*lock)(struct co_loop *loop));

/* A mark, at least 2: a pending future has no room for the number and stores its mark
 * instead (future_internal.h). Marks repeat after 2^30 loops.
 */
static inline int32_t co_serial_mark(uint64_t serial)
{
    return (int32_t)(serial & (INT32_MAX >> 1)) + 2;
}

/* True if the loop of this mark is open, in any thread. */
bool co_serial_is_open(int32_t mark);

/* The tag of the program of this thread; 0: none runs. A future that failed stores the
 * tag, since its error is memory of that program.
 */
extern _Thread_local uint16_t co_program_tag;

#endif
