import { equal, rejects } from "node:assert/strict";
import { appendOutput } from "../../../../../src/cli/commands/auth_env/output_file.ts";
import { fakeHost } from "../../../../support/host/fake_host.ts";
import { MemoryFiles } from "../../../../support/host/memory_files.ts";

const PATH = "/shared/job.env";

function world(uid: number, env: Readonly<Record<string, string>> = {}) {
  const files = new MemoryFiles();
  files.directory("/shared", { mode: 0o1777 });
  files.put(PATH, "A=1\n", { uid, mode: 0o644 });
  return { files, host: fakeHost({ env, uid: 1000, files: { read: files.reader, write: files.writer } }) };
}

Deno.test("auth env: a file that another user owns is refused, and left as it is", async () => {
  const { files, host } = world(1001);
  const refused = {
    code: "usage",
    message: /^Cannot write "\/shared\/job\.env": it belongs to another user \(uid 1001\)$/,
  };
  await rejects(appendOutput(host, { path: PATH, text: "SECRET=x\n" }), refused);
  equal(files.text(PATH), "A=1\n");
});

Deno.test("auth env: one's own file, root's, and that of GitHub's runner are written", async () => {
  for (const [uid, env] of [[1000, {}], [0, {}], [1001, { GITHUB_ENV: PATH }]] as const) {
    const { files, host } = world(uid, env);
    await appendOutput(host, { path: PATH, text: "B=2\n" });
    equal(files.text(PATH), "A=1\nB=2\n");
  }
});
