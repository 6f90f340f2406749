/**
 * Runs several command lines in one process, one after the other, with the real world but for the terminal: starting a
 * process takes ten times as long as what most commands do. Only for commands of which nothing may come: what one of
 * them has learned, the next one still knows. So each has files and variables of its own, by its number.
 */
import { app } from "../../../src/app.ts";
import { REGISTRY } from "../../../src/cli/registry.ts";
import { denoHost } from "../../../src/host/deno.ts";
import type { Said, Several } from "./several.ts";

const { lines, files, env } = JSON.parse(Deno.args[0]!) as Several;
const real = denoHost();

async function run(args: readonly string[], stdin: string): Promise<Said> {
  const typed = stdin === "" ? [] : [stdin];
  const said = { text: "" };
  const say = (text: string) => void (said.text += text);
  const terminal = { ...real.terminal, out: say, err: say, line: () => Promise.resolve(typed.shift()) };
  const status = await app({ host: { ...real, terminal }, registry: REGISTRY, giveUp: () => {} }, args);
  return { status, text: said.text, changed: [] };
}

const said: Said[] = [];
for (const [n, { args, stdin = "" }] of lines.entries()) {
  const numbered = (text: string) => text.replaceAll("@N@", String(n));
  for (const [name, value] of Object.entries(env)) Deno.env.set(name, numbered(value));
  for (const [path, text] of Object.entries(files)) Deno.writeTextFileSync(path, numbered(text));
  const one = await run(args, stdin);
  const changed = Object.keys(files).filter((path) => Deno.readTextFileSync(path) !== numbered(files[path]!));
  said.push({ ...one, changed });
}
Deno.stdout.writeSync(new TextEncoder().encode(JSON.stringify(said)));
Deno.exit(0);
