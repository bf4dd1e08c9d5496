#!/usr/bin/env node
// Run a JavaScript twin on a clock that jumps: node_twin.mjs FILE [SEED].
//
// Prints what the twin prints, a JSON line each: [microseconds, "text"], and then how it
// ends: {"end": "ok", "us": …, "reason": ""}.
//
// The twin is a plain script and knows nothing of this. Timers and the clock are replaced
// by virtual ones: when all microtasks have run, the earliest timer runs, and the time is
// that of its deadline. Of equal deadlines the older timer is the first. Promises and
// async functions are Node's own.
import { readFileSync, writeSync } from "node:fs";
import { format } from "node:util";
import { runInThisContext } from "node:vm";

const RealDate = Date;
const { setImmediate } = globalThis;
const LONGEST = 2 ** 31 - 1; // what a timer of Node can wait

let now = 0; // in milliseconds, whole ones
let nextId = 1;
const timers = new Map(); // id -> { due, id, run }

// MT19937 (Matsumoto and Nishimura, 1998), seeded as Python's random.seed() does.
function generator(seed) {
    const N = 624, M = 397;
    const state = new Uint32Array(N);
    let index = N;

    state[0] = 19650218;
    for (let i = 1; i < N; i++)
        state[i] = Math.imul(1812433253, state[i - 1] ^ (state[i - 1] >>> 30)) + i;
    let i = 1;
    const mixed = () => state[i - 1] ^ (state[i - 1] >>> 30);
    const advance = () => {
        if (++i >= N) {
            state[0] = state[N - 1];
            i = 1;
        }
    };
    for (let k = 0; k < N; k++) {
        state[i] = (state[i] ^ Math.imul(mixed(), 1664525)) + seed;
        advance();
    }
    for (let k = 0; k < N - 1; k++) {
        state[i] = (state[i] ^ Math.imul(mixed(), 1566083941)) - i;
        advance();
    }
    state[0] = 0x80000000;

    function refill() {
        for (let k = 0; k < N; k++) {
            const y = (state[k] & 0x80000000) | (state[(k + 1) % N] & 0x7fffffff);
            state[k] = state[(k + M) % N] ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
        }
        index = 0;
    }

    function next32() {
        if (index >= N)
            refill();
        let y = state[index++];
        y ^= y >>> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return (y ^ (y >>> 18)) >>> 0;
    }

    return () => ((next32() >>> 5) * 67108864 + (next32() >>> 6)) / 9007199254740992;
}

function add(run, delay, repeats) {
    const length = delay >= 1 && delay <= LONGEST ? Math.trunc(delay) : 1;
    const timer = { due: now + length, id: nextId++, key: nextId };
    timer.run = () => {
        timers.delete(timer.key);
        run();
        if (repeats && !timer.cleared) {
            timer.due = now + length;
            timer.id = nextId++;
            timers.set(timer.key, timer);
        }
    };
    timers.set(timer.key, timer);
    return timer;
}

function clear(timer) {
    if (timer) {
        timer.cleared = true;
        timers.delete(timer.key);
    }
}

const output = [];

function finish(end, reason = "") {
    output.push({ end, us: now * 1000, reason });
    writeSync(1, output.map((line) => `${JSON.stringify(line)}\n`).join(""));
    process.exit(0);
}

function runNextTimer() {
    let first;
    for (const timer of timers.values())
        if (!first || timer.due < first.due || (timer.due === first.due && timer.id < first.id))
            first = timer;
    if (!first)
        finish("ok");
    now = Math.max(now, first.due);
    setImmediate(runNextTimer); // by then all microtasks of this timer have run
    first.run();
}

class VirtualDate extends RealDate {
    constructor(...words) {
        super(...(words.length ? words : [now]));
    }

    static now() {
        return now;
    }
}

const [path, seed = "0"] = process.argv.slice(2);

Math.random = generator(Number(seed));
globalThis.Date = VirtualDate;
Object.defineProperty(globalThis, "performance", { value: { now: () => now } });
globalThis.setTimeout = (run, delay, ...words) => add(() => run(...words), delay, false);
globalThis.setInterval = (run, delay, ...words) => add(() => run(...words), delay, true);
globalThis.clearTimeout = globalThis.clearInterval = clear;
console.log = (...words) => {
    for (const line of format(...words).split("\n"))
        output.push([now * 1000, line]);
};
process.on("uncaughtException", (error) => finish("error", String(error)));
process.on("unhandledRejection", (reason) => finish("error", String(reason)));
setImmediate(runNextTimer);
runInThisContext(readFileSync(path, "utf-8"), { filename: path });
