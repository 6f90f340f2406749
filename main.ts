import { app, makeFailure } from "./src/app.ts";
import { REGISTRY } from "./src/cli/registry.ts";
import { denoHost } from "./src/host/deno.ts";
import { giveUp } from "./src/host/process/permissions.ts";
import { runProcess } from "./src/host/process/process.ts";

const world = { host: denoHost(), giveUp, registry: REGISTRY };

await runProcess({
  self: () => world.host.sys.self(),
  start: (argv) => app(world, argv),
  fail: (thrown) => makeFailure(world, { thrown }),
});
