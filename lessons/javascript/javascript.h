/* javascript.h — the words of the lesson `javascript`: JavaScript's functions, promises
 * and timers under their own names, on the engine.
 *
 * An example reads like the program beside it: js_async is `async function`, js_call a
 * call, js_await `await`, js_try an `await` in a `try`, js_throw `throw`, js_then
 * `.then`, js_all `Promise.all`, js_set_timeout `setTimeout`, say `console.log`.
 */
#ifndef JAVASCRIPT_H
#define JAVASCRIPT_H

#include "lessons/javascript/function.h"
#include "lessons/javascript/iterator.h"
#include "lessons/javascript/promise.h"
#include "lessons/javascript/script.h"
#include "lessons/javascript/timers.h"
#include "lessons/javascript/value.h"
#include "lessons/lesson.h"

#endif
