// An error caught, the first error of several, and all outcomes.
async function mightFail(value) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    if (value < 0) {
        throw new Error("Value cannot be negative");
    }
    return value * 10;
}

async function main() {
    try {
        const result = await mightFail(-5);
        console.log(result);
    } catch (error) {
        console.log(`Caught error: ${error.message}`);
    }

    const tasks = [mightFail(10), mightFail(-10), mightFail(5)];
    try {
        const results = await Promise.all(tasks);
        console.log(results);
    } catch (error) {
        console.log(`Promise.all error: ${error.message}`);
    }

    const settled = await Promise.allSettled(tasks);
    for (const outcome of settled) {
        if (outcome.status === "rejected") {
            console.log(`Task failed: ${outcome.reason.message}`);
        } else {
            console.log(`Task succeeded: ${outcome.value}`);
        }
    }
}

main();
