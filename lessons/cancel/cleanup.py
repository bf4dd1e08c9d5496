"""finally with a wait in it: how a cancelled operation cleans up."""
import asyncio


async def acquire_resource():
    await asyncio.sleep(0.5)
    return "resource"


async def use_resource(resource):
    await asyncio.sleep(4)
    return resource


async def release_resource(_):
    await asyncio.sleep(0.5)


async def operation_with_cleanup():
    resource = await acquire_resource()
    try:
        return await use_resource(resource)
    except asyncio.CancelledError:
        print("Operation was cancelled during use!")
        raise  # after the cleanup: the caller knows how it ended
    finally:
        await release_resource(resource)


async def main():
    # One operation is cancelled; to await it is to wait for its cleanup.
    operation = asyncio.create_task(operation_with_cleanup())
    await asyncio.sleep(1)
    operation.cancel()
    try:
        await operation
    except asyncio.CancelledError:
        pass

    # Another one runs to its end.
    await operation_with_cleanup()


asyncio.run(main())
