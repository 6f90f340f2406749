import { equal, match, rejects } from "node:assert/strict";
import { renderRemedy } from "../../../src/cli/output/remedy.ts";
import type { AppError } from "../../../src/errors.ts";
import { update } from "../../../src/store/replace.ts";
import { refuseShared } from "../../../src/store/links/resolve_target.ts";
import { append, type FakeStore, fakeStore } from "./store_host.ts";

const DIRECTORY = "/home/it's me";
const PATH = `${DIRECTORY}/config`;
const QUOTED = `'/home/it'"'"'s me/config`;

interface Case {
  /** What makes the write fail. */
  readonly spoil: (store: FakeStore) => void;
  /** The command that the hint ends with. */
  readonly typed: string;
  readonly write?: (store: FakeStore) => Promise<unknown>;
}

const CASES: Readonly<Record<string, Case>> = {
  "a read-only file": { spoil: ({ files }) => files.put(PATH, "", { mode: 0o400 }), typed: `chmod u+w ${QUOTED}'` },
  "a lock of another program": { spoil: ({ files }) => files.put(`${PATH}.lock`, ""), typed: `rm ${QUOTED}.lock'` },
  "a guard that is a link": {
    spoil: ({ files }) => files.symlink(`${PATH}.atmos-lock`, { to: "/x" }),
    typed: `rm ${QUOTED}.atmos-lock'`,
  },
  "a write that was cut short, of a file that was changed since": {
    spoil: ({ files }) => {
      for (const [end, text] of [["", "other\n"], [".atmos-old", "old\n"], [".atmos-new", "new\n"]]) {
        files.put(`${PATH}${end}`, text!);
      }
    },
    typed: `rm ${QUOTED}.atmos-old'`,
  },
  "files beside it that say that a write was cut short": {
    spoil: ({ files }) => {
      for (const [end, text] of [["", "nld\n"], [".atmos-old", "old\n"], [".atmos-new", "new\n"]]) {
        files.put(`${PATH}${end}`, text!);
      }
    },
    typed: `rm ${QUOTED}.atmos-old' ${QUOTED}.atmos-new'`,
  },
  "a link to a file without a directory": {
    spoil: ({ files }) => files.symlink(PATH, { to: `${PATH} of mine/k` }),
    typed: `mkdir -p ${QUOTED} of mine'`,
  },
  "another user's file": {
    spoil: ({ files }) => files.put(PATH, "", { uid: 2000 }),
    typed: `rm ${QUOTED}'`,
    write: readOwn,
  },
  "a file that others may write to": {
    spoil: ({ files }) => files.put(PATH, "", { mode: 0o666 }),
    typed: `chmod 600 ${QUOTED}'`,
    write: readOwn,
  },
};

function updateIt({ host }: FakeStore): Promise<unknown> {
  return update(host, { path: PATH, edit: append("one") });
}

function readOwn({ host }: FakeStore): Promise<void> {
  return Promise.try(() => refuseShared(host, { path: PATH, found: host.read.stat(PATH)! }));
}

for (const [what, { spoil, typed, write = updateIt }] of Object.entries(CASES)) {
  Deno.test(`a hint can be pasted, whatever the path is: ${what}`, async () => {
    const store = fakeStore();
    store.files.directory(DIRECTORY);
    spoil(store);
    await rejects(write(store), (error: AppError) => {
      const hint = renderRemedy({}, error);
      match(hint, /: [a-z]/);
      equal(hint.slice(hint.indexOf(": ") + 2), typed);
      return true;
    });
  });
}
