// The same three sections, and each of the ten delays printed when it is over.
const sleep = (delay) => new Promise((resolve) => setTimeout(resolve, delay));

async function longOperation() {
    await sleep(10000);
    return "Completed";
}

async function withTimeout() {
    const timeout = new Promise((_, reject) => {
        setTimeout(() => reject(new Error("Timeout")), 2000);
    });
    try {
        return await Promise.race([longOperation(), timeout]);
    } catch (error) {
        return "Operation timed out";
    }
}

async function randomDelayTask(id) {
    const delay = Math.random() * 2500 + 500;
    await sleep(delay);
    return `Task ${id} completed in ${(delay / 1000).toFixed(2)}s`;
}

async function firstToComplete() {
    const tasks = Array.from({ length: 10 }, (_, id) => randomDelayTask(id));
    await Promise.all(tasks.map((task) => task.then((line) => console.log(line))));
}

class Event {
    constructor() {
        this.promise = new Promise((resolve) => {
            this.set = resolve;
        });
    }

    wait() {
        return this.promise;
    }
}

async function waitForEvent(event, id) {
    console.log(`Task ${id} is waiting for the event`);
    await event.wait();
    console.log(`Task ${id} was triggered by event`);
}

async function triggerEvent(event) {
    await sleep(2000);
    console.log("Triggering the event");
    event.set();
}

async function eventExample() {
    const event = new Event();
    const waiters = [0, 1, 2].map((id) => waitForEvent(event, id));
    await Promise.all([...waiters, triggerEvent(event)]);
}

async function main() {
    const result = await withTimeout();
    console.log(`Timeout result: ${result}`);
    console.log("Running first-to-complete example:");
    await firstToComplete();
    console.log("Running event example:");
    await eventExample();
}

main();
