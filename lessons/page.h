/* page.h — what is worth reading and is no example: lessons/pages/NAME.txt.
 *
 * The first line of the file is the title. Paragraphs stand between blank lines; lines
 * after four blanks are a table and are shown as they are.
 */
#ifndef PAGE_H
#define PAGE_H

#include <stddef.h>

struct page {
    const char *name;  /* "choosing" */
    const char *title; /* its first line */
    const char *text;  /* what follows the blank line after that */
};

extern const struct page pages[];
extern const size_t page_count;

#endif
