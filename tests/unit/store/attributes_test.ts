import assert from "node:assert/strict";
import type { Needs, RunInput } from "../../../src/host/host.ts";
import { attributeCopier, type CopyAttributes } from "../../../src/store/attributes.ts";
import { update } from "../../../src/store/replace.ts";
import { append, fakeStore } from "./store_host.ts";

const PATH = "/home/me/.kube/config";
const TEMPORARY = `${PATH}.atmos-tmp`;

interface Case {
  /** Of the file (default: 0640). */
  readonly mode?: number;
  readonly wanted?: number;
  /** Of its directory (default: 0755). */
  readonly directory?: number;
  /** Whose they are (default: ours). */
  readonly owner?: number;
  readonly uid?: number;
  /** How copying goes wrong, if it does. */
  readonly copying?: "fails" | "leaves half" | "makes another mode" | "none";
  readonly is: "copied" | "kept in place" | "replaced without";
}

const CASES: Readonly<Record<string, Case>> = {
  "they are copied": { is: "copied" },
  "for the owner alone, too": { mode: 0o600, is: "copied" },
  "a narrower mode is set on the copy": { wanted: 0o600, is: "copied" },
  "a failed copy: in place, since the group's bits may be an ACL's mask": { copying: "fails", is: "kept in place" },
  "half a copy is thrown away": { copying: "leaves half", is: "kept in place" },
  "a copy with another mode is thrown away": { copying: "makes another mode", is: "kept in place" },
  "no programs: in place": { copying: "none", is: "kept in place" },
  "no programs, and others may read what an ACL could deny: in place": {
    mode: 0o604,
    copying: "none",
    is: "kept in place",
  },
  "no programs, and private: no ACL has any effect": {
    mode: 0o600,
    copying: "none",
    is: "replaced without",
  },
  "no programs, and none are wanted": { wanted: 0o600, copying: "none", is: "replaced without" },
  "other users may exchange files: in place": { directory: 0o777, is: "kept in place" },
  "other users may, and an ACL has no effect": { directory: 0o777, mode: 0o600, is: "copied" },
  "root and a user's file: in place": { uid: 0, owner: 1000, is: "kept in place" },
};

for (const [name, one] of Object.entries(CASES)) {
  Deno.test(`ACL and extended attributes: ${name}`, async () => {
    const { files, host } = fakeStore({ uid: one.uid ?? 1000 });
    const uid = one.owner ?? one.uid ?? 1000;
    files.directory("/home/me/.kube", { mode: one.directory ?? 0o755, uid });
    files.put(PATH, "old\n", { mode: one.mode ?? 0o640, uid });
    files.setAttributes(PATH, "theirs");
    const copyAttributes: CopyAttributes = (copy) => {
      if (one.copying !== "fails") files.copyAttributes(copy);
      if (one.copying === "makes another mode") files.put(copy.to, "", { mode: 0o666 });
      return Promise.resolve(one.copying === undefined || one.copying === "makes another mode");
    };
    const { changed, inPlace } = await update(host, {
      path: PATH,
      edit: append("new"),
      ...(one.copying === "none" ? {} : { copyAttributes }),
      ...(one.wanted === undefined ? {} : { mode: one.wanted }),
    });
    const mode = host.read.stat(PATH)!.mode;
    assert.deepEqual([changed, inPlace, mode], [true, one.is === "kept in place", one.wanted ?? one.mode ?? 0o640]);
    assert.equal(files.attributes(PATH), one.is === "replaced without" ? undefined : "theirs");
    assert.deepEqual([files.text(PATH), files.text(TEMPORARY)], ["old\nnew\n", undefined]);
  });
}

Deno.test("GNU's cp copies them: it follows no link and takes nothing that is there", async () => {
  const runs: RunInput[] = [];
  const host = (status: number): Needs<"run"> => ({
    run: {
      capture: (input: RunInput) => Promise.resolve({ status: (runs.push(input), status), stdout: "", stderr: "" }),
      browse: () => Promise.reject(new Error("unused")),
      foreground: () => Promise.reject(new Error("unused")),
    },
  });
  const copy = { from: PATH, to: TEMPORARY };
  assert.deepEqual([await attributeCopier(host(0))(copy), await attributeCopier(host(127))(copy)], [true, false]);
  assert.deepEqual([runs[0]!.command, runs[0]!.args.slice(-3)], ["cp", ["--", PATH, TEMPORARY]]);
  const broken = { run: { ...host(0).run, capture: () => Promise.reject(new Error("it cannot be started")) } };
  assert.equal(await attributeCopier(broken)(copy), false);
  for (const flag of ["--no-dereference", "--remove-destination"]) assert.ok(runs[0]!.args.includes(flag), flag);
});
