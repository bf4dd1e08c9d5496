/* co.h — the whole engine, for those who write programs.
 */
#ifndef CO_H
#define CO_H

#include "engine/barrier.h"
#include "engine/completed.h"
#include "engine/condition.h"
#include "engine/coroutine.h"
#include "engine/debug.h"
#include "engine/error.h"
#include "engine/event.h"
#include "engine/executor.h"
#include "engine/future.h"
#include "engine/gather.h"
#include "engine/generator.h"
#include "engine/group.h"
#include "engine/inspect.h"
#include "engine/lock.h"
#include "engine/loop.h"
#include "engine/manager.h"
#include "engine/observe.h"
#include "engine/queue.h"
#include "engine/random.h"
#include "engine/remote.h"
#include "engine/run.h"
#include "engine/runner.h"
#include "engine/semaphore.h"
#include "engine/shield.h"
#include "engine/signal.h"
#include "engine/task.h"
#include "engine/timeout.h"
#include "engine/trouble.h"
#include "engine/variable.h"
#include "engine/wait.h"
#include "engine/words.h"

#endif
