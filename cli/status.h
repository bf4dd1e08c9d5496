/* status.h — what the program tells the shell that started it.
 */
#ifndef CLI_STATUS_H
#define CLI_STATUS_H

enum status {
    STATUS_OK = 0,
    STATUS_NO = 1,           /* a negative answer */
    STATUS_USAGE = 2,        /* an unknown command, lesson, flag or value */
    STATUS_LESSON = 3,       /* a lesson did not end as it should */
    STATUS_FILE = 4,         /* cannot read, write or parse a file */
    STATUS_INTERNAL = 70,    /* our own fault */
    STATUS_INTERRUPTED = 130 /* Ctrl-C; the process then ends by the signal itself */
};

#endif
