/* co.h — everything a program may include: one header a topic.
 *
 *     int r = attempt(co_within(1.0, co_sleep(0.5)));
 *     if (r == UV_ETIMEDOUT)
 *         co_say("too late");
 *
 * Begin with task.h, future.h and error.h; run.h says how a program starts.
 */
#ifndef CO_H
#define CO_H

#include "engine/as_completed.h"
#include "engine/await.h"
#include "engine/barrier.h"
#include "engine/concurrent.h"
#include "engine/condition.h"
#include "engine/context_manager.h"
#include "engine/contextvar.h"
#include "engine/coroutine.h"
#include "engine/debug.h"
#include "engine/error.h"
#include "engine/event.h"
#include "engine/exception_handler.h"
#include "engine/executor.h"
#include "engine/fatal.h"
#include "engine/future.h"
#include "engine/gather.h"
#include "engine/generator.h"
#include "engine/group.h"
#include "engine/inspect.h"
#include "engine/lock.h"
#include "engine/loop.h"
#include "engine/observer.h"
#include "engine/process.h"
#include "engine/queue.h"
#include "engine/random.h"
#include "engine/reader.h"
#include "engine/run.h"
#include "engine/runner.h"
#include "engine/semaphore.h"
#include "engine/shield.h"
#include "engine/signal.h"
#include "engine/task.h"
#include "engine/timeout.h"
#include "engine/wait.h"
#include "engine/watch.h"

#endif
