"""An async function, an async method, and what cannot be async."""
import asyncio


async def fetch_data():
    return "data"


class DataFetcher:
    async def fetch(self):
        return "data"


async def main():
    print("#", await fetch_data())
    print("#", await DataFetcher().fetch())


asyncio.run(main())
try:
    compile("async_lambda = async lambda x: x", "lambda.py", "exec")
except SyntaxError as error:
    print("# SyntaxError:", error.msg)
