// An async function, and a main that awaits it.
async function greet(name) {
    await new Promise(resolve => setTimeout(resolve, 1000));
    return `Hello, ${name}!`;
}

async function main() {
    const greeting = await greet("Alice");
    console.log(greeting);
}

main();
