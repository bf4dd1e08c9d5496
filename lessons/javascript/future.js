// The promise of an async function, and one that a timer resolves.
async function fetchData(delay, value) {
    await new Promise((resolve) => setTimeout(resolve, delay * 1000));
    return `Data ${value}`;
}

async function main() {
    const promise = fetchData(2, "X");
    console.log("Promise created");
    console.log("Doing other work...");
    const result = await promise;
    console.log(`Promise result: ${result}`);

    let resolveFuture;
    const future = new Promise((resolve) => {
        resolveFuture = resolve;
    });
    setTimeout(() => resolveFuture("Future value"), 1000);
    const futureResult = await future;
    console.log(`Future result: ${futureResult}`);
}

main();
