import { deepEqual, ok, throws } from "node:assert/strict";
import { isFileError } from "../../src/host/files/file_error.ts";
import { reader, writer } from "../../src/host/files/files.ts";
import type { OpenFile, Writer } from "../../src/host/host.ts";
import { Patience } from "../../src/store/backoff.ts";
import { takeGuard } from "../../src/store/flock.ts";
import { setMode } from "../../src/store/file_mode.ts";
import { writeBeside } from "../../src/store/write_beside.ts";
import { storeHost } from "./store_child.ts";
import { tempHome } from "../support/machine/temp_home.ts";

const isRoot = Deno.build.os !== "windows" && Deno.uid() === 0;
if (!isRoot) console.log("SKIP swapped files: only root gives files to others");
const NOBODY = 65_534;

/** The real files, where the owner of the directory puts a link in the place of each new file at once. */
function swapping(victim: string): Writer {
  const open = (path: string, options: Parameters<Writer["open"]>[1]): OpenFile => {
    const file = writer.open(path, options);
    if (options.how === "new") swap(path, victim);
    return file;
  };
  return { ...writer, open };
}

function swap(path: string, victim: string): void {
  Deno.removeSync(path);
  Deno.symlinkSync(victim, path);
}

/** A directory of another user's with a file in it, beside a secret of root's. */
function scene(home: { at(path: string): string }) {
  const [secret, theirs] = [home.at("secret"), home.at("theirs")];
  Deno.writeTextFileSync(secret, "secret", { mode: 0o600 });
  Deno.mkdirSync(theirs);
  Deno.writeTextFileSync(`${theirs}/config`, "old", { mode: 0o644 });
  for (const path of [theirs, `${theirs}/config`]) Deno.chownSync(path, NOBODY, NOBODY);
  const facts = () => {
    const { uid, gid, mode } = Deno.statSync(secret);
    return { uid, gid, mode: mode! & 0o777, text: Deno.readTextFileSync(secret) };
  };
  return { secret, path: `${theirs}/config`, facts, host: { read: reader, write: swapping(secret) } };
}

const UNTOUCHED = { uid: 0, gid: 0, mode: 0o600, text: "secret" };
const isSwapped = (error: unknown) => isFileError(error, "other") && /put in its place/.test(String(error.cause));

Deno.test({
  name: "store: a new file that is swapped for a link: what it leads to stays as it is",
  ignore: !isRoot,
  fn: async () => {
    await using home = tempHome();
    const { path, facts, host } = scene(home);
    const bytes = new TextEncoder().encode("new");
    throws(() => writeBeside(host, { path, bytes, mode: 0o644, owner: reader.stat(path)! }), isSwapped);
    const mine = { path: home.at("theirs/other"), bytes, mode: 0o644 };
    throws(() => writeBeside(host, mine), isSwapped);
    deepEqual({ ...facts(), config: Deno.readTextFileSync(path) }, { ...UNTOUCHED, config: "old" });
  },
});

Deno.test({
  name: "store: so it is for a guard that is swapped, and for a file that was looked at before",
  ignore: !isRoot,
  fn: async () => {
    await using home = tempHome();
    const { path, facts, host, secret } = scene(home);
    const patience = new Patience(storeHost, 0);
    const guard = takeGuard(host, { path: `${path}.atmos-lock`, guarded: path, patience });
    ok(await guard.then(() => false, isSwapped));
    const found = reader.stat(path)!;
    swap(path, secret);
    throws(() => setMode(host, { path, mode: 0o666, found }), isSwapped);
    deepEqual(facts(), UNTOUCHED);
  },
});
