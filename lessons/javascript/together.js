// Two async functions, one after the other and then at the same time.
const sleep = (delay) => new Promise((resolve) => setTimeout(resolve, delay));

async function task1() {
    console.log("Task 1 started");
    await sleep(2000);
    console.log("Task 1 completed");
    return "Result 1";
}

async function task2() {
    console.log("Task 2 started");
    await sleep(1000);
    console.log("Task 2 completed");
    return "Result 2";
}

async function main() {
    let start = Date.now();
    const first = await task1();
    const second = await task2();
    console.log(`Sequential results: ${first}, ${second}`);
    console.log(`Sequential time: ${(Date.now() - start) / 1000} seconds`);

    start = Date.now();
    const results = await Promise.all([task1(), task2()]);
    console.log(`Concurrent results: ${results}`);
    console.log(`Concurrent time: ${(Date.now() - start) / 1000} seconds`);
}

main();
