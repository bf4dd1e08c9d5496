// A resource that is acquired, used, and released whatever happens.
const sleep = (delay) => new Promise((resolve) => setTimeout(resolve, delay));

class Resource {
    async acquire() {
        await sleep(100);
        console.log("Resource acquired");
    }

    async release() {
        await sleep(100);
        console.log("Resource released");
    }

    async use() {
        await sleep(500);
        return "Resource data";
    }
}

async function printData(resource) {
    const data = await resource.use();
    console.log(`Resource data: ${data}`);
    return data;
}

async function withResource(resource, callback) {
    await resource.acquire();
    try {
        return await callback(resource);
    } finally {
        await resource.release();
    }
}

async function main() {
    await withResource(new Resource(), printData);
}

main();
