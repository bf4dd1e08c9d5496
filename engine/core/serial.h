/* serial.h — which loops exist: each has a number that no other loop of the process
 * ever has. (Private to the engine.)
 *
 * A primitive or a future may exist longer than the loop it belongs to. It stores the
 * number, since a pointer could point at freed memory.
 */
#ifndef CO_SERIAL_H
#define CO_SERIAL_H

#include <stdbool.h>
#include <stdint.h>

struct co_loop;

/* This thread has a new loop, for which this struct stands, as it may for others.
 * Returns its number, which is not 0.
 */
uint64_t co_serial_open(struct co_loop *loop);

/* The loop is closed: it runs no callback any more. A number is closed once at most. */
void co_serial_close(uint64_t serial);

/* The program ends: all loops of this struct are closed. */
void co_serial_close_all(const struct co_loop *loop);

/* The struct of an open loop, of any thread, after lock() has locked it: no other
 * thread can end it before that. lock() must not use this file. NULL: it is not open.
 */
struct co_loop *co_serial_find(uint64_t serial, void (*lock)(struct co_loop *loop));

/* The mark that a pending future stores in place of the number: at least 2. Marks
 * repeat after 2^30 loops.
 */
static inline int32_t co_serial_mark(uint64_t serial)
{
    return (int32_t)(serial & (INT32_MAX >> 1)) + 2;
}

/* Whether the loop of this mark, of any thread, is not closed. */
bool co_serial_is_open(int32_t mark);

/* The tag of the program of this thread; 0: none runs. A future that failed stores it,
 * since its error is memory of that program.
 */
extern _Thread_local uint16_t co_program_tag;

#endif
