/* charts.h — the charts of traces written by hand.
 */
#ifndef CHARTS_H
#define CHARTS_H

#include <stdlib.h>

#include "cli/views/timeline.h"
#include "tests/support/traces.h"

static inline char *chart(const char *text, struct term term)
{
    struct trace trace = parse(text);
    char *drawn = NULL;
    size_t size;
    FILE *out = open_memstream(&drawn, &size);
    timeline_print(out, &trace, NULL, &term);
    fclose(out);
    trace_finish(&trace);
    return drawn;
}

static inline void expect_chart(const char *text, struct term term,
                                const char *expected)
{
    char *drawn = chart(text, term);

    cr_expect(eq(str, drawn, (char *)expected));
    free(drawn);
}

#endif
