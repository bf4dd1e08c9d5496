"""From a list of ids to a list of users, with types."""
import asyncio


async def fetch_user(uid: int) -> dict:
    await asyncio.sleep(1)
    return {"id": uid}


async def fetch_users(user_ids: list[int]) -> list[dict]:
    tasks = [fetch_user(uid) for uid in user_ids]
    return await asyncio.gather(*tasks)


async def main() -> None:
    print("#", await fetch_users([1, 2, 3]))


asyncio.run(main())
