/* status.h — the exit status of the program.
 */
#ifndef CLI_STATUS_H
#define CLI_STATUS_H

enum status {
    STATUS_OK = 0,
    STATUS_NO = 1,           /* nothing was found or drawn */
    STATUS_USAGE = 2,        /* an unknown command, lesson, flag or value */
    STATUS_LESSON = 3,       /* an example ended with an error */
    STATUS_FILE = 4,         /* cannot read, write or parse a file */
    STATUS_INTERNAL = 70,    /* an error of the program itself */
    STATUS_INTERRUPTED = 130 /* Ctrl-C: the process ends by the signal */
};

#endif
