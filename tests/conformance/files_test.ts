import assert from "node:assert/strict";
import { FileError } from "../../src/host/files/file_error.ts";
import { reader, writer } from "../../src/host/files/files.ts";
import type { Needs } from "../../src/host/host.ts";
import { readAgain } from "../../src/store/current_file.ts";
import { dirname } from "../../src/store/paths.ts";
import { MemoryFiles } from "../support/host/memory_files.ts";

/** A file system to try, with an empty directory in it and what the ports cannot make themselves. */
interface Disk extends Needs<"read" | "write"> {
  readonly root: string;
  symlink(path: string, to: string): void;
  pipe(path: string): void;
}

type Scenario = (disk: Disk) => unknown;

const encode = (text: string) => new TextEncoder().encode(text);

function text({ read }: Disk, path: string): string {
  return new TextDecoder().decode(read.bytes(path));
}

function write(disk: Disk, { path, text, mode = 0o600 }: { path: string; text: string; mode?: number }): void {
  const file = disk.write.open(path, { how: "new", mode });
  file.write(encode(text));
  file.close();
}

/** What an attempt gave: its value, or the kind of its failure. */
function tried(act: () => unknown): unknown {
  try {
    return act() ?? "done";
  } catch (error) {
    if (error instanceof FileError) return error.kind;
    throw error;
  }
}

function facts({ read }: Disk, path: string): unknown {
  const stat = read.lstat(path);
  if (stat === undefined) return undefined;
  const { isFile, isDirectory, isSymlink, size, mode, nlink } = stat;
  return { isFile, isDirectory, isSymlink, ...(isFile ? { size, mode, nlink } : {}) };
}

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  "a new file has its mode and content": (disk) => {
    write(disk, { path: `${disk.root}/a`, text: "one", mode: 0o640 });
    return [text(disk, `${disk.root}/a`), facts(disk, `${disk.root}/a`)];
  },
  "a file that is held open stays the same one, whatever is put in its place": (disk) => {
    const [at, beside] = [`${disk.root}/a`, `${disk.root}/b`];
    write(disk, { path: at, text: "one" });
    const held = disk.read.hold(at);
    const seen = () => [new TextDecoder().decode(held.bytes()), held.stat().size];
    const before = seen();
    const file = disk.write.open(at, { how: "existing", mode: 0o600 });
    write(disk, { path: beside, text: "another" });
    disk.write.rename(beside, at);
    file.write(encode("late"));
    file.close();
    const after = seen();
    held.close();
    return [before, after, text(disk, at), tried(() => disk.read.hold(beside))];
  },
  "the three ways to open": (disk) => {
    const at = `${disk.root}/a`;
    const open = (how: "new" | "create" | "existing") => tried(() => disk.write.open(at, { how, mode: 0o600 }).close());
    return [open("existing"), open("create"), open("new"), open("existing"), open("create")];
  },
  "opening keeps the content, writing goes from the start": (disk) => {
    write(disk, { path: `${disk.root}/a`, text: "abcdef" });
    const file = disk.write.open(`${disk.root}/a`, { how: "create", mode: 0o600 });
    file.write(encode("X"));
    file.write(encode("Y"));
    const first = text(disk, `${disk.root}/a`);
    file.rewind();
    file.write(encode("Z"));
    file.truncate(3);
    const second = text(disk, `${disk.root}/a`);
    file.truncate();
    file.sync();
    file.close();
    return [first, second, text(disk, `${disk.root}/a`)];
  },
  "what is not there": (disk) => {
    const [at, below] = [`${disk.root}/none`, `${disk.root}/none/below`];
    return [
      ...[disk.read.stat(at), disk.read.lstat(at), disk.read.stat(below), disk.read.lstat(below)],
      ...[disk.read.bytes, disk.read.realPath, disk.read.readLink, disk.read.list].map((read) => tried(() => read(at))),
      tried(() => disk.write.remove(at)),
      tried(() => disk.write.chmod(at, { mode: 0o600, found: disk.read.stat(disk.root)! })),
      tried(() => disk.write.rename(at, `${disk.root}/b`)),
      tried(() => disk.write.link(at, `${disk.root}/b`)),
      tried(() => disk.write.open(below, { how: "new", mode: 0o600 })),
    ];
  },
  "a file where a directory should be": (disk) => {
    write(disk, { path: `${disk.root}/a`, text: "one" });
    const below = `${disk.root}/a/b`;
    return [
      tried(() => disk.read.stat(below)),
      tried(() => disk.read.lstat(below)),
      tried(() => disk.read.bytes(below)),
      tried(() => disk.read.list(`${disk.root}/a`)),
      tried(() => disk.write.mkdir(below, 0o700)),
      tried(() => disk.write.mkdir(`${disk.root}/a`, 0o700)),
      tried(() => disk.write.open(below, { how: "create", mode: 0o600 })),
    ];
  },
  "a directory where a file should be": (disk) => {
    disk.write.mkdir(`${disk.root}/d/e`, 0o700);
    write(disk, { path: `${disk.root}/a`, text: "one" });
    const at = `${disk.root}/d`;
    return [
      tried(() => disk.read.bytes(at)),
      tried(() => disk.write.open(at, { how: "existing", mode: 0o600 })),
      tried(() => disk.write.rename(`${disk.root}/a`, at)),
      tried(() => disk.write.remove(at)),
      tried(() => disk.read.readLink(at)),
    ];
  },
  "directories are made with their parents": (disk) => {
    disk.write.mkdir(`${disk.root}/d/e/f`, 0o700);
    disk.write.mkdir(`${disk.root}/d/e/f`, 0o755);
    disk.write.syncDirectory(`${disk.root}/d`);
    return [
      ["d", "d/e", "d/e/f"].map((path) => disk.read.stat(`${disk.root}/${path}`)?.mode),
      disk.read.list(disk.root),
    ];
  },
  "rename replaces the file and keeps its inode": (disk) => {
    write(disk, { path: `${disk.root}/a`, text: "one" });
    write(disk, { path: `${disk.root}/b`, text: "two", mode: 0o640 });
    const before = disk.read.stat(`${disk.root}/a`)?.ino;
    disk.write.rename(`${disk.root}/a`, `${disk.root}/b`);
    const after = disk.read.stat(`${disk.root}/b`)?.ino;
    return [disk.read.list(disk.root), text(disk, `${disk.root}/b`), before === after, facts(disk, `${disk.root}/b`)];
  },
  "hard links": (disk) => {
    write(disk, { path: `${disk.root}/a`, text: "one" });
    disk.write.link(`${disk.root}/a`, `${disk.root}/b`);
    const again = tried(() => disk.write.link(`${disk.root}/a`, `${disk.root}/b`));
    const same = disk.read.stat(`${disk.root}/a`)?.ino === disk.read.stat(`${disk.root}/b`)?.ino;
    const both = facts(disk, `${disk.root}/a`);
    disk.write.remove(`${disk.root}/a`);
    return [again, same, both, facts(disk, `${disk.root}/b`), text(disk, `${disk.root}/b`)];
  },
  "symbolic links": (disk) => {
    write(disk, { path: `${disk.root}/d-file`, text: "one" });
    disk.write.mkdir(`${disk.root}/d`, 0o700);
    disk.symlink(`${disk.root}/d/link`, "../d-file");
    disk.symlink(`${disk.root}/folder`, "d");
    const real = disk.read.realPath(`${disk.root}/folder/link`).slice(disk.root.length);
    return [
      facts(disk, `${disk.root}/d/link`),
      disk.read.stat(`${disk.root}/d/link`)?.isFile,
      disk.read.readLink(`${disk.root}/d/link`),
      real,
      text(disk, `${disk.root}/folder/link`),
      tried(() => disk.write.open(`${disk.root}/d/link`, { how: "new", mode: 0o600 })),
    ];
  },
  "a dangling link": (disk) => {
    disk.symlink(`${disk.root}/link`, "target");
    const before = [
      disk.read.stat(`${disk.root}/link`),
      tried(() => disk.read.realPath(`${disk.root}/link`)),
      tried(() => disk.write.open(`${disk.root}/link`, { how: "new", mode: 0o600 })),
      tried(() => disk.write.open(`${disk.root}/link`, { how: "existing", mode: 0o600 })),
    ];
    return [before, disk.read.list(disk.root)];
  },
  "links in a circle": (disk) => {
    disk.symlink(`${disk.root}/a`, "b");
    disk.symlink(`${disk.root}/b`, "a");
    return [
      tried(() => disk.read.stat(`${disk.root}/a`)),
      tried(() => disk.read.realPath(`${disk.root}/a`)),
      tried(() => disk.read.bytes(`${disk.root}/a`)),
      facts(disk, `${disk.root}/a`),
    ];
  },
  "removing and renaming do not follow links": (disk) => {
    write(disk, { path: `${disk.root}/a`, text: "one" });
    write(disk, { path: `${disk.root}/b`, text: "two" });
    disk.symlink(`${disk.root}/link`, "a");
    disk.symlink(`${disk.root}/gone`, "a");
    disk.write.rename(`${disk.root}/b`, `${disk.root}/link`);
    disk.write.remove(`${disk.root}/gone`);
    return [disk.read.list(disk.root), text(disk, `${disk.root}/a`), facts(disk, `${disk.root}/link`)];
  },
  "a pipe is neither file, directory nor link": (disk) => {
    disk.pipe(`${disk.root}/p`);
    return facts(disk, `${disk.root}/p`);
  },
  "modes": (disk) => {
    write(disk, { path: `${disk.root}/a`, text: "one" });
    const [a, b] = [`${disk.root}/a`, `${disk.root}/b`];
    const found = disk.read.stat(a)!;
    disk.write.chmod(a, { mode: 0o644, found });
    write(disk, { path: b, text: "two" });
    const other = tried(() => disk.write.chmod(b, { mode: 0o644, found }));
    const open = disk.write.open(b, { how: "existing", mode: 0o600 });
    open.chmod(0o640);
    const { uid, gid } = open.stat();
    open.chown(uid, gid);
    disk.write.rename(a, b);
    const swapped = [tried(() => open.chmod(0o666)), tried(() => open.chown(uid, gid))];
    open.close();
    return [facts(disk, b), other, swapped];
  },
  "one lock at a time, freed by closing": (disk) => {
    const open = () => disk.write.open(`${disk.root}/guard`, { how: "create", mode: 0o600 });
    const [one, other] = [open(), open()];
    const steps = [one.tryLock(), other.tryLock()];
    one.unlock();
    steps.push(other.tryLock(), one.tryLock());
    other.close();
    steps.push(one.tryLock(), one.stat().ino === disk.read.stat(`${disk.root}/guard`)?.ino);
    one.close();
    return steps;
  },
};

/** What each scenario must give, where that is worth writing down: both being wrong alike would go unnoticed. */
const EXPECTED: Readonly<Record<string, unknown>> = {
  "the three ways to open": ["not-found", "done", "exists", "done", "done"],
  "opening keeps the content, writing goes from the start": ["XYcdef", "ZYc", ""],
  "one lock at a time, freed by closing": [true, false, true, false, true, true],
};

function realDisk(root: string): Disk {
  const pipe = (path: string) => {
    const { success } = new Deno.Command("mkfifo", { args: [path] }).outputSync();
    assert.ok(success, "mkfifo");
  };
  return { read: reader, write: writer, root, symlink: (path, to) => Deno.symlinkSync(to, path), pipe };
}

function memoryDisk(): Disk {
  const files = new MemoryFiles();
  files.directory("/tmp/disk");
  return {
    read: files.reader,
    write: files.writer,
    root: "/tmp/disk",
    symlink: (path, to) => files.symlink(path, { to }),
    pipe: (path) => files.pipe(path),
  };
}

for (const [name, scenario] of Object.entries(SCENARIOS)) {
  Deno.test({
    name: `real and fake files agree: ${name}`,
    ignore: Deno.build.os === "windows",
    fn() {
      const root = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "atmos-files-" }));
      try {
        const real = scenario(realDisk(root));
        assert.deepEqual(scenario(memoryDisk()), real);
        if (name in EXPECTED) assert.deepEqual(real, EXPECTED[name]);
      } finally {
        Deno.removeSync(root, { recursive: true });
      }
    },
  });
}

Deno.test({
  name: "a file is read whole, whatever size it says it has",
  ignore: Deno.build.os !== "linux",
  fn() {
    // A pipe says 0, and gives its bytes piece by piece.
    const pipe = `${Deno.makeTempDirSync({ prefix: "atmos-files-" })}/pipe`;
    const script = `mkfifo "$0"; (for i in 1 2 3; do printf %070000d 7; done >"$0") >/dev/null 2>&1 &`;
    assert.ok(new Deno.Command("sh", { args: ["-c", script, pipe] }).outputSync().success);
    assert.equal(reader.bytes(pipe).length, 210_000);
    Deno.removeSync(dirname(pipe), { recursive: true });
    const path = Deno.makeTempFileSync({ prefix: "atmos-files-" });
    try {
      for (const length of [0, 1, 65_535, 65_536, 200_000]) {
        const bytes = crypto.getRandomValues(new Uint8Array(Math.min(length, 65_536)));
        const whole = new Uint8Array(length);
        whole.set(bytes);
        Deno.writeFileSync(path, whole);
        assert.deepEqual(reader.bytes(path), whole);
      }
    } finally {
      Deno.removeSync(path);
    }
  },
});

Deno.test("a file that is too large to be in memory is refused at once, whatever it takes on the disk", () => {
  const path = Deno.makeTempFileSync({ prefix: "atmos-files-" });
  try {
    for (const gigabytes of [0.3, 20]) {
      Deno.truncateSync(path, gigabytes * 1_000_000_000);
      assert.equal(tried(() => reader.bytes(path)), "too-large");
      const held = reader.hold(path);
      assert.equal(tried(() => held.bytes()), "too-large");
      held.close();
    }
  } finally {
    Deno.removeSync(path);
  }
});

Deno.test("a file that is read again takes no second place in memory, unless it holds other bytes", () => {
  const path = Deno.makeTempFileSync({ prefix: "atmos-files-" });
  const memory = new MemoryFiles();
  const disks = [
    { read: reader, put: (bytes: Uint8Array) => Deno.writeFileSync(path, bytes) },
    { read: memory.reader, put: (bytes: Uint8Array) => memory.put(path, new TextDecoder().decode(bytes)) },
  ];
  try {
    for (const { read, put } of disks) {
      for (const length of [0, 1, 262_144, 600_001]) {
        const known = new Uint8Array(length).fill(0x61);
        put(known);
        assert.ok(readAgain({ read }, { path, known })!.bytes === known, `${length}`);
        for (const other of othersThan(known)) {
          put(other);
          const found = readAgain({ read }, { path, known })!.bytes;
          assert.ok(found !== known);
          assert.deepEqual(found, other.slice());
        }
      }
    }
  } finally {
    Deno.removeSync(path);
  }
});

function othersThan(known: Uint8Array): readonly Uint8Array[] {
  const longer = new Uint8Array(known.length + 1).fill(0x61);
  return known.length === 0 ? [longer] : [longer, known.subarray(1), known.with(known.length - 1, 0x62)];
}
