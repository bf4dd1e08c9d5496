/* detail_parts.h — the parts that details are made of.
 */
#ifndef CLI_DETAIL_PARTS_H
#define CLI_DETAIL_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "cli/trace/trace.h"

/* Either may be NULL, and is then unlike anything. */
bool part_is(const char *a, const char *b);

char *part_copy(const char *text);

/* Print a name, as one word, after what comes before it; nothing without one. */
void part_print(FILE *out, const char *before, const char *name);

/* "1000ms", with up to three decimals. */
void part_print_length(FILE *out, int64_t length_us);
bool part_parse_length(const char *text, int64_t *ret_length_us);

bool part_parse_number(const char *text, int64_t *ret_number);

enum { PARTS_MOST = 6 };

/* Take the detail apart at its blanks; how many words, PARTS_MOST if too many. */
size_t part_split(char *detail, char *words[PARTS_MOST]);

/* The two kinds of event that have the most to tell; see detail.h. */
void detail_print_wait(FILE *out, const struct trace_event *event);
bool detail_parse_wait(struct trace_event *event, char *detail);
void detail_print_wake(FILE *out, const struct trace_event *event);
bool detail_parse_wake(struct trace_event *event, char *detail);

#endif
