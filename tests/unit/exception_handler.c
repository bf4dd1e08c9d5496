/* exception_handler.h: the default, a handler of one's own, and errors of callbacks.
 * How asyncio's handler behaves is in facts/exception_handler.c and
 * facts/exception_handler_errors.c.
 */
#include <criterion/criterion.h>

#include "tests/support/events.h"
#include "tests/support/expect.h"

static void fails(co_callback *) { co_callback_raise(CO_EVALUE, "number %d", 7); }

static int a_callback_fails(void *)
{
    co_callback callback = { fails };

    co_call_soon(&callback);
    await(co_sleep(0));
    line("main goes on");
    return 0;
}

Test(exception_handler, logs_the_error_of_a_callback_by_default)
{
    expect(a_callback_fails, "LOG ERROR Exception in callback fails() | "
                             "ValueError('number 7')\n"
                             "main goes on\n");
}

Test(exception_handler, emits_a_note_with_the_code_of_the_error)
{
    expect_events(a_callback_fails, "note",
                  "- note callback number 7: Exception in callback fails() =-5005\n");
}

static int handle(co_exception_handler *, const co_exception_context *context)
{
    line("%s: %s %s", context->kind, py_exception(context->code),
         co_error_reason(context->error));
    co_default_exception_handler(context);
    return 0;
}

static int own_handler(void *)
{
    co_exception_handler handler = { handle };

    co_set_exception_handler(&handler);
    line("%s", py_bool(co_get_exception_handler() == &handler));
    await(a_callback_fails(NULL));
    co_set_exception_handler(NULL);
    line("%s", py_bool(co_get_exception_handler() == NULL));
    return 0;
}

Test(exception_handler, may_be_replaced_and_may_call_the_default)
{
    expect(own_handler, "True\n"
                        "callback: ValueError number 7\n"
                        "LOG ERROR Exception in callback fails() | "
                        "ValueError('number 7')\n"
                        "main goes on\n"
                        "True\n");
}

static int without_a_message(void *)
{
    co_call_exception_handler(&(co_exception_context){});
    return 0;
}

Test(exception_handler, has_a_message_for_a_context_without_one)
{
    expect(without_a_message, "LOG ERROR Unhandled exception in event loop\n");
}
