// Given to a service by --import: what it does every half minute it does every half second.
const { setInterval: every } = globalThis;
globalThis.setInterval = (work, ms, ...given) => every(work, ms === 30_000 ? 500 : ms, ...given);
