"""A database connection that is closed when its block ends."""
import asyncio


class Database:
    async def __aenter__(self):
        print("Connecting to database...")
        await asyncio.sleep(1)
        print("Connected!")
        return self

    async def __aexit__(self, *error):
        print("Closing connection...")
        await asyncio.sleep(0.5)
        print("Connection closed")

    async def query(self, sql):
        await asyncio.sleep(0.1)
        return f"Results for: {sql}"


async def main():
    async with Database() as database:
        result = await database.query("SELECT * FROM users")
        print(result)


asyncio.run(main())
