import { equal, throws } from "node:assert/strict";
import { openLogFile } from "../../../src/log/log_file.ts";
import { fakeHost } from "../../support/host/fake_host.ts";
import { MemoryFiles } from "../../support/host/memory_files.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

function world(prepare: (files: MemoryFiles) => void = () => {}) {
  const files = new MemoryFiles();
  files.directory("/home/me");
  prepare(files);
  const host = fakeHost({ files: { read: files.reader, write: files.writer }, env: { HOME: "/home/me" }, uid: 1000 });
  return { files, host };
}

Deno.test("log file: it is made with mode 0600, and what several processes write stands one behind the other", () => {
  const { files, host } = world();
  const [one, other] = [openLogFile(host, "~/a.log"), openLogFile(host, "/home/me/a.log")];
  one.write(bytes("1\n"));
  other.write(bytes("2\n"));
  one.write(bytes("3\n"));
  equal(files.text("/home/me/a.log"), "1\n2\n3\n");
  equal(files.reader.stat("/home/me/a.log")?.mode, 0o600);
});

const REFUSED: Readonly<Record<string, readonly [prepare: (files: MemoryFiles) => void, found: RegExp]>> = {
  "a link": [(files) => files.symlink("/home/me/a.log", { to: "/home/me/b" }), /: it is a symbolic link$/],
  "a pipe": [(files) => files.pipe("/home/me/a.log"), /: it is not a regular file$/],
  "a directory": [(files) => files.directory("/home/me/a.log"), /: it is not a regular file$/],
  "a file of another user": [(files) => files.put("/home/me/a.log", "", { uid: 7 }), /: it belongs to another user$/],
  "a file that others read": [(files) => files.put("/home/me/a.log", "", { mode: 0o644 }), /: other users .* 0644\)$/],
  "a file with two names": [(files) => {
    files.put("/home/me/x", "");
    files.hardLink("/home/me/x", "/home/me/a.log");
  }, /: it has a second name \(hard link\)$/],
  "a link that comes meanwhile": [(files) => {
    files.put("/home/me/a.log", "");
    files.put("/home/me/other", "");
    files.beforeEffect(2, () => {
      files.writer.remove("/home/me/a.log");
      files.symlink("/home/me/a.log", { to: "/home/me/other" });
    });
  }, /: something else was put in its place just now$/],
};

for (const [what, [prepare, message]] of Object.entries(REFUSED)) {
  Deno.test(`log file: ${what} is refused`, () => {
    const { host } = world(prepare);
    throws(() => openLogFile(host, "/home/me/a.log"), { code: "usage", message });
  });
}
