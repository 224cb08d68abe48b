// Given to a service by --import: on this signal it collects its garbage, so that what it keeps can be measured.
process.on('SIGUSR2', () => globalThis.gc());
