/**
 * The real program with every command's `run` replaced by a look at what the process may still do, printed as JSON;
 * and a few commands that misbehave. Only a process of its own can be asked: permissions do not come back.
 */
import { statSync } from "node:fs";
import { app, makeFailure } from "../../../src/app.ts";
import { type AnyCommand, command } from "../../../src/cli/args/command.ts";
import type { Registry } from "../../../src/cli/args/registry.ts";
import { REGISTRY } from "../../../src/cli/registry.ts";
import { denoHost } from "../../../src/host/deno.ts";
import type { Host, Need } from "../../../src/host/host.ts";
import { permissionFlags } from "../../../src/host/process/allowed.ts";
import { giveUp } from "../../../src/host/process/permissions.ts";
import { runProcess } from "../../../src/host/process/process.ts";
import { fromFileUrl } from "../machine/paths.ts";
import { refusedAttempts } from "./hostile_dependency.ts";

// The flags of `atmos` name hosts and kinds, so those are asked for; a whole permission would be "prompt" anyway.
const PERMISSIONS: readonly Deno.PermissionDescriptor[] = [
  { name: "net", host: "127.0.0.1" },
  { name: "net", host: "sts.us-east-2.amazonaws.com:443" },
  { name: "read" },
  { name: "write" },
  { name: "env" },
  { name: "run" },
  { name: "sys", kind: "osRelease" },
  { name: "ffi" },
];

export interface Probe {
  /** What the dispatcher asked to keep. */
  readonly needs: readonly Need[];
  /** The members that `run` was handed as they are: the others refuse. */
  readonly handed: readonly string[];
  /** Permissions of which any part is still there. */
  readonly granted: readonly string[];
  /** Permissions whose use the runtime refused. */
  readonly refused: readonly string[];
  /** What a hostile package could not do. */
  readonly refusedAttempts: readonly string[];
  /** Whether parts of the program that are imported late still load. */
  readonly late: string;
}

const USES: Readonly<Record<string, () => unknown>> = {
  "net": async () => await Deno.connect({ hostname: "127.0.0.1", port: 1 }),
  "read": () => Deno.statSync("/"),
  "read by a package": () => statSync("/"),
  "write": () => Deno.removeSync("/no-such-folder/no-such-file"),
  "env": () => Deno.env.get("PATH"),
  "run": () => new Deno.Command("/no-such-program").outputSync(),
  "sys": () => Deno.osRelease(),
  "ffi": () => Deno.dlopen("/no-such-library", {}),
};

async function isRefused(use: () => unknown): Promise<boolean> {
  try {
    await use();
    return false;
  } catch (error) {
    return error instanceof Deno.errors.NotCapable;
  }
}

let kept: readonly Need[] = [];

const real = denoHost();

async function look(handed: Host): Promise<number> {
  const refused: string[] = [];
  for (const [name, use] of Object.entries(USES)) if (await isRefused(use)) refused.push(name);
  const probe: Probe = {
    needs: kept,
    handed: await listHanded(handed),
    granted: [...new Set(PERMISSIONS.filter(isGranted).map(({ name }) => name))],
    refused,
    refusedAttempts: await refusedAttempts(),
    late: await import("js-yaml").then((yaml) => yaml.dump("loaded").trim(), String),
  };
  Deno.stdout.writeSync(new TextEncoder().encode(JSON.stringify(probe)));
  return 0;
}

/** Ports that can be told about in a log are made anew, as is the terminal, so they are known by what they do. */
const HANDED: Readonly<Partial<Record<Need, (handed: Host) => boolean | Promise<boolean>>>> = {
  net: async ({ net }) => !/A dry run/.test(await remedyOf(net.fetch({ url: PAGE, method: "GET", headers: {} }))),
  read: ({ read }) => read.cwd === real.read.cwd,
  write: ({ write }) => write.mkdir === real.write.mkdir,
  run: async ({ run }) => (await run.capture({ command: "/nonexistent", args: [] })).stopped !== "refused",
  terminal: ({ terminal }) => terminal.line === real.terminal.line,
};

const PAGE = "http://127.0.0.1:1/";

async function remedyOf(answer: Promise<unknown>): Promise<string> {
  return await answer.then(() => "", (error) => String(error.remedy));
}

async function isHanded(handed: Host, need: Need): Promise<boolean> {
  const test = HANDED[need] ?? ((host) => host[need] === real[need]);
  try {
    return await test(handed);
  } catch (error) {
    // A port that is not declared says so when it is used.
    if (error instanceof Error && error.message.includes("does not declare")) return false;
    throw error;
  }
}

async function listHanded(handed: Host): Promise<readonly string[]> {
  const needs = Object.keys(real) as Need[];
  const found = await Promise.all(needs.map(async (need) => await isHanded(handed, need) ? [need] : []));
  return found.flat();
}

function isGranted(permission: Deno.PermissionDescriptor): boolean {
  return Deno.permissions.querySync(permission).state === "granted";
}

const probe = { summary: "", flags: {}, examples: [] } as const;

const MISBEHAVING: readonly AnyCommand[] = [
  command({
    ...probe,
    name: "probe wait",
    needs: ["clock", "terminal"],
    run: async ({ clock, terminal }) => {
      terminal.out("waiting\n");
      await clock.sleep(60_000);
      return 0;
    },
  }),
  command({
    ...probe,
    name: "probe compute",
    needs: ["terminal"],
    run: ({ terminal }) => {
      terminal.out("computing\n");
      for (const end = Date.now() + 20_000; Date.now() < end;);
      return 0;
    },
  }),
  command({ ...probe, name: "probe throw", needs: [], run: () => Promise.reject(new TypeError("it broke\x1b[2J")) }),
  command({
    ...probe,
    name: "probe later",
    needs: ["clock"],
    run: async ({ clock }) => {
      Promise.reject(new TypeError("nobody caught this"));
      await clock.sleep(60_000);
      return 0;
    },
  }),
  command({ ...probe, name: "probe forbidden", needs: [], run: () => (Deno.readTextFileSync("/etc/hostname"), 0) }),
  command({ ...probe, name: "probe fetch", needs: [], run: async () => (await fetch("http://127.0.0.1:65000/"), 0) }),
  command({
    ...probe,
    name: "probe print",
    needs: ["terminal"],
    run: ({ terminal }) => (terminal.out("x".repeat(1e6)), 7),
  }),
  command({
    ...probe,
    name: "probe self",
    needs: ["sys", "terminal"],
    run: ({ sys, terminal }) => (terminal.out(JSON.stringify(sys.self())), 0),
  }),
];

const registry: Registry = {
  ...Object.fromEntries(
    Object.entries(REGISTRY).map(([name, load]) => [name, async () => {
      const { definition } = await load();
      return {
        definition: { ...definition, unneeded: definition.unneeded, run: (host: Host) => look(host) } as AnyCommand,
      };
    }]),
  ),
  ...Object.fromEntries(MISBEHAVING.map((definition) => [definition.name, () => Promise.resolve({ definition })])),
};

if (import.meta.main) {
  const keep = (needs: readonly Need[]) => giveUp(kept = needs);
  const world = { host: real, giveUp: keep, registry };
  const args = ["run", "--quiet", "--no-check", ...permissionFlags(), fromFileUrl(new URL(import.meta.url))];
  const self = () => ({ command: Deno.execPath(), args });
  await runProcess({ self, start: (argv) => app(world, argv), fail: (thrown) => makeFailure(world, { thrown }) });
}
