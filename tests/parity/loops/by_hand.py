import asyncio


async def nap(seconds):
    await asyncio.sleep(seconds)


def broken():
    raise ValueError("broken")


def handle(loop, context):
    print(f"handler: {context['message']}")
    loop.default_exception_handler(context)


loop = asyncio.new_event_loop()
task, left = loop.create_task(nap(1)), loop.create_task(nap(9))
loop.call_later(0.5, print, "greeting")
loop.call_soon(broken)
loop.run_until_complete(task)
print(f"{task.get_name()} is done")
loop.set_exception_handler(handle)
loop.call_exception_handler({"message": "lost", "exception": RuntimeError()})
print(f"{left.get_name()} is not")
loop.set_exception_handler(None)
loop.close()
