"""except* takes the errors of one class out of what a group raises."""
import asyncio


async def failing_task():
    await asyncio.sleep(0.5)
    raise ValueError("This task failed!")


async def regular_task():
    await asyncio.sleep(2)
    return "This was successful"


async def main():
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(failing_task())
            group.create_task(regular_task())
            print("Tasks started")
    except* ValueError as group:
        errors = group.exceptions
        print(f"Caught an exception group with {len(errors)} exception(s):")
        for i, error in enumerate(errors):
            print(f"  Exception {i}: {error}")

    print("Outside the task group")


asyncio.run(main())
