// One server in a process of its own. Tells its address, and on request the CPU time it has used.
const [, , name, file] = process.argv;
const { default: server } = await import(`./servers/${name}.mjs`);
const address = await server.start(file);
process.on('message', () => { const { user, system } = process.cpuUsage(); process.send({ cpu: (user + system) / 1e6 }); });
process.send({ address });
