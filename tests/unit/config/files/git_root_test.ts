import { equal } from "node:assert/strict";
import { gitRoot } from "../../../../src/config/files/file_checks.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";
import { MemoryFiles } from "../../../support/host/memory_files.ts";

const [ROOT, HERE] = ["/srv/share", "/srv/share/archive/infra"];

/** What is called .git in a directory of root's, and whether it makes that one a repository. */
const PLACED: Readonly<Record<string, readonly [place: (files: MemoryFiles) => void, isOne: boolean]>> = {
  "a repository": [(files) => files.put(`${ROOT}/.git/HEAD`, "ref: refs/heads/main\n"), true],
  "a worktree's file": [(files) => files.put(`${ROOT}/.git`, "gitdir: /srv/git/worktrees/share\n"), true],
  "an empty directory": [(files) => files.directory(`${ROOT}/.git`), false],
  "a directory with other files": [(files) => files.put(`${ROOT}/.git/x`, ""), false],
  "an empty file": [(files) => files.put(`${ROOT}/.git`, ""), false],
  "another file": [(files) => files.put(`${ROOT}/.git`, "HEAD\n"), false],
  "a long file": [(files) => files.put(`${ROOT}/.git`, `gitdir: ${"x".repeat(10_000)}`), false],
  "a link to nothing": [(files) => files.symlink(`${ROOT}/.git`, { to: "/nowhere" }), false],
  "another user's worktree file, where others may write": [(files) => {
    files.directory(ROOT, { mode: 0o1777 });
    files.put(`${ROOT}/.git`, "gitdir: /x\n", { uid: 1001 });
  }, false],
  "another user's directory, where others may write": [(files) => {
    files.directory(ROOT, { mode: 0o1777 });
    files.directory(`${ROOT}/.git`, { uid: 1001 });
    files.put(`${ROOT}/.git/HEAD`, "", { uid: 1001 });
  }, false],
  "another user's directory, where none but root may write": [(files) => {
    files.directory(`${ROOT}/.git`, { uid: 1001 });
    files.put(`${ROOT}/.git/HEAD`, "", { uid: 1001 });
  }, true],
};

for (const [name, [place, isOne]] of Object.entries(PLACED)) {
  Deno.test(`the root of a repository: ${name} called .git ${isOne ? "makes one" : "makes none"}`, () => {
    const files = new MemoryFiles();
    for (const path of ["/srv", ROOT, `${ROOT}/archive`, HERE]) files.directory(path);
    place(files);
    const host = fakeHost({ files: { read: files.reader, write: files.writer } });
    equal(gitRoot(host, HERE), isOne ? ROOT : undefined);
  });
}
