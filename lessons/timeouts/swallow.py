"""A job that catches everything, also its cancellation: the timeout ends nothing."""
import asyncio


async def job():
    for step in range(1, 4):
        try:
            await asyncio.sleep(0.8)
        except BaseException as error:
            print(f"job: step {step} ended with {type(error).__name__}")
        else:
            print(f"job: step {step} done")
    return "all steps"


async def main():
    try:
        print(f"main: {await asyncio.wait_for(job(), 1)}")
    except TimeoutError:
        print("main: timed out")


asyncio.run(main())
