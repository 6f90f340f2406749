import assert from "node:assert/strict";
import { run } from "../../src/host/process/run.ts";
import { attributeCopier } from "../../src/store/attributes.ts";
import { update } from "../../src/store/replace.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { storeHost } from "./store_child.ts";
import { failureOf, mustRun, skip, tempFolder } from "./store_process.ts";

const NAME = "ACL and extended attributes";
/** Users and groups that nothing else on the machine is about. */
const [NAMED, MEMBER, GROUP, NAMED_GROUP] = [45_101, 45_102, 45_200, 45_201];
const READERS: Readonly<Record<string, readonly [user: number, group: number]>> = {
  "a user with an entry": [NAMED, 45_999],
  "a member of the file's group": [MEMBER, GROUP],
  "a member of a group with an entry": [45_103, NAMED_GROUP],
  "any other user": [45_104, 45_999],
};

interface Access {
  readonly mode: string;
  /** Entries for the file. */
  readonly acl?: string;
  /** Entries that new files of the directory get. */
  readonly fresh?: string;
}

const ACCESSES: Readonly<Record<string, Access>> = {
  "no ACL": { mode: "640" },
  "no ACL, open to all": { mode: "644" },
  "a user may read": { mode: "600", acl: `u:${NAMED}:r` },
  "a user may read, the group may not": { mode: "600", acl: `u:${NAMED}:r,g::-` },
  "a user may write, the group may not": { mode: "600", acl: `u:${NAMED}:rw,g::-` },
  "a group may read": { mode: "600", acl: `g:${NAMED_GROUP}:r` },
  "a user may not, all others may": { mode: "644", acl: `u:${NAMED}:-` },
  "entries that a mask makes void": { mode: "600", acl: `u:${NAMED}:r,m::-` },
  "new files get an entry": { mode: "640", fresh: `u:${NAMED}:rw` },
  "new files get an entry, and this one is private": { mode: "600", fresh: `u:${NAMED}:rw` },
};

const REASON = missing();

/** Why access cannot be tried here, if so. */
function missing(): string | undefined {
  const programs = ["setfacl", "getfacl", "setfattr", "getfattr", "setpriv"];
  if (!programs.every((program) => hasProgram(program, NAME))) return "programs are missing";
  if (Deno.uid() !== 0) return "only root can be other users";
  using folder = tempFolder();
  Deno.writeTextFileSync(`${folder.path}/a`, "");
  return failureOf("setfacl", ["-m", `u:${NAMED}:r`, `${folder.path}/a`]) ??
    failureOf("setfattr", ["-n", "user.a", "-v", "b", `${folder.path}/a`]);
}

function output(command: string, args: readonly string[]): string {
  return new TextDecoder().decode(new Deno.Command(command, { args: [...args] }).outputSync().stdout);
}

function attributes(path: string): string {
  const acl = output("getfacl", ["--omit-header", "--numeric", "--absolute-names", path]);
  return acl + output("getfattr", ["--dump", "--absolute-names", path]);
}

/** What each of the other users can really do with the file. */
function accessTo(path: string): readonly string[] {
  return Object.entries(READERS).flatMap(([who, [user, group]]) => {
    const as = [`--reuid=${user}`, `--regid=${group}`, "--clear-groups", "test"];
    return ["-r", "-w"].filter((right) => failureOf("setpriv", [...as, right, path]) === undefined)
      .map((right) => `${who}: ${right}`);
  });
}

function prepared(path: string, { mode, acl, fresh }: Access): void {
  const folder = path.slice(0, path.lastIndexOf("/"));
  Deno.chmodSync(folder, 0o755);
  if (fresh !== undefined) mustRun("setfacl", ["-d", "-m", fresh, folder]);
  Deno.writeTextFileSync(path, "old\n");
  Deno.chownSync(path, 0, GROUP);
  mustRun("setfacl", ["-b", path]);
  mustRun("chmod", [mode, path]);
  if (acl !== undefined) mustRun("setfacl", ["-m", acl, path]);
  mustRun("setfattr", ["-n", "user.origin", "-v", "by hand", path]);
}

for (const [name, access] of Object.entries(ACCESSES)) {
  for (const programs of ["with GNU's cp", "without"] as const) {
    Deno.test({
      name: `${NAME}: ${name}: ${programs}`,
      ignore: skip(NAME, REASON),
      fn: async () => {
        using folder = tempFolder();
        const path = `${folder.path}/config`;
        prepared(path, access);
        const before = { attributes: attributes(path), access: accessTo(path) };
        const edit = (old: Uint8Array | undefined) => new TextEncoder().encode(`${new TextDecoder().decode(old)}new\n`);
        const copying = programs === "without" ? {} : { copyAttributes: attributeCopier({ run }) };
        const { inPlace } = await update(storeHost, { path, edit, keepBackup: true, ...copying });
        assert.equal(Deno.readTextFileSync(path), "old\nnew\n");
        assert.deepEqual(accessTo(path), before.access);
        for (const { name } of Deno.readDirSync(folder.path)) {
          const wider = accessTo(`${folder.path}/${name}`).filter((one) => !before.access.includes(one));
          assert.deepEqual(wider, [], name);
        }
        // Without programs nothing can be copied: what could have an effect stays in its file.
        if (programs !== "without" || inPlace) assert.equal(attributes(path), before.attributes);
        else assert.equal(accessTo(path).some((one) => !one.startsWith("any")), false);
        await update(storeHost, { path, edit, mode: 0o600, ...copying });
        assert.deepEqual(accessTo(path), [], "a file that is to be private");
      },
    });
  }
}
