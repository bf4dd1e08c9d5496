// for await over an async generator, and over an object with a method next().
const sleep = (delay) => new Promise((resolve) => setTimeout(resolve, delay));

async function* asyncRange(start, stop) {
    for (let i = start; i < stop; i++) {
        await sleep(500);
        yield i;
    }
}

class Counter {
    constructor(stop) {
        this.current = 0;
        this.stop = stop;
    }

    [Symbol.asyncIterator]() {
        return this;
    }

    async next() {
        if (this.current === this.stop) {
            return { done: true };
        }
        await sleep(500);
        return { value: this.current++, done: false };
    }
}

async function main() {
    console.log("Using async generator:");
    for await (const i of asyncRange(1, 4)) {
        console.log(i);
    }

    console.log("Using async iterator:");
    for await (const i of new Counter(3)) {
        console.log(i);
    }

    const values = [];
    for await (const i of asyncRange(5, 8)) {
        values.push(i);
    }
    console.log(`Collected values: ${values}`);
}

main();
