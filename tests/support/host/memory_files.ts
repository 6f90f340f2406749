import { FileError, type FileErrorKind, isFileError } from "../../../src/host/files/file_error.ts";
import type { FileStat, OpenFile, OpenOptions, Reader, Writer } from "../../../src/host/host.ts";
import { MemoryEffects } from "./memory_effects.ts";
import { type Located, type MemoryNode, overlay, statOf } from "./memory_node.ts";

export interface PutOptions {
  readonly mode?: number;
  readonly uid?: number;
}

/**
 * A file system in memory with the semantics that the store relies on: inodes, hard and symbolic links, modes, owners,
 * flock, mount points, closed directories. Effects are counted, and one of them can fail or be the last one.
 */
export class MemoryFiles {
  uid = 1000;
  gid = 1000;
  umask = 0o022;
  hardLinks = true;
  flock = true;
  /** Milliseconds since the epoch for new times. */
  now: () => number = () => 1_700_000_000_000;
  #inodes = 1;
  readonly #effects = new MemoryEffects();
  readonly #root = this.#make("directory", 0o755);
  readonly reader: Reader = this.#reader();
  readonly writer: Writer = this.#writer();

  /** How many effects there were. */
  get effects(): number {
    return this.#effects.count;
  }

  /** Lets the n-th effect from now (counted from 1) fail. */
  failAt(n: number, kind: FileErrorKind): void {
    this.#effects.failAt(n, kind);
  }

  /** Kills the process: the n-th effect from now and all later ones do nothing but throw. */
  stopAt(n: number): void {
    this.#effects.stopAt(n);
  }

  /** Lets another process do something just before the n-th effect from now. */
  beforeEffect(n: number, act: (operation: string) => void): void {
    this.#effects.beforeEffect(n, act);
  }

  /** A new process on the same disk: nothing fails, and the kernel has freed all locks. */
  restart(): void {
    this.#effects.clear();
    const free = (node: MemoryNode) => {
      delete node.lock;
      node.entries.forEach(free);
    };
    free(this.#root);
  }

  /** The effect that has failed because it was its turn. */
  get failed(): { readonly operation: string; readonly path: string } | undefined {
    return this.#effects.failed;
  }

  /** Calls `act` before each effect. */
  watch(act: (() => void) | undefined): void {
    this.#effects.watch = act;
  }

  /** All that is there, by its path; no effect. */
  everything(): ReadonlyMap<string, MemoryNode> {
    const below = (path: string, node: MemoryNode): readonly (readonly [string, MemoryNode])[] =>
      [...node.entries].flatMap(([name, inner]) => [[`${path}/${name}`, inner], ...below(`${path}/${name}`, inner)]);
    return new Map(below("", this.#root));
  }

  put(path: string, text: string, { mode = 0o600, uid = this.uid }: PutOptions = {}): void {
    this.#enter(path, Object.assign(this.#make("file", mode), { uid, bytes: new TextEncoder().encode(text) }));
  }

  /** The same of bytes that are no text. */
  putBytes(path: string, bytes: Uint8Array): void {
    this.put(path, "", { mode: this.#find(path)?.mode ?? 0o600 });
    this.#there(path, "put").bytes = bytes;
  }

  /** What GNU's cp does: an empty file with all of another one but its content. */
  copyAttributes({ from, to }: { from: string; to: string }): boolean {
    const { mode, uid, gid, attributes } = this.#there(from, "read");
    this.#enter(to, Object.assign(this.#make("file", mode), { uid, gid, attributes }));
    return true;
  }

  setAttributes(path: string, attributes: string): void {
    this.#there(path, "set").attributes = attributes;
  }

  attributes(path: string): string | undefined {
    return this.#find(path)?.attributes;
  }

  /** Another process opens the file and writes over it, where it is. */
  overwrite(path: string, text: string): void {
    const node = this.#there(path, "overwrite");
    node.bytes = new TextEncoder().encode(text);
    node.mtime = this.now();
  }

  text(path: string): string | undefined {
    const node = this.#find(path);
    return node === undefined ? undefined : new TextDecoder().decode(node.bytes);
  }

  symlink(path: string, { to, uid = this.uid }: { to: string; uid?: number }): void {
    this.#enter(path, Object.assign(this.#make("link", 0o777), { target: to, uid }));
  }

  hardLink(from: string, to: string): void {
    const node = this.#there(from, "link");
    node.nlink++;
    this.#enter(to, node);
  }

  pipe(path: string): void {
    this.#enter(path, this.#make("pipe", 0o600));
  }

  directory(path: string, { mode = 0o755, uid = this.uid }: PutOptions = {}): void {
    this.#enter(path, Object.assign(this.#make("directory", mode), { uid }));
  }

  close(path: string, kind: FileErrorKind): void {
    this.#there(path, "close").closed = kind;
  }

  pin(path: string): void {
    this.#there(path, "pin").pinned = true;
  }

  #bytes(path: string): Uint8Array {
    const node = this.#there(path, "read");
    if (node.kind === "directory") throw new FileError("is-a-directory", path, "read");
    return node.bytes.slice();
  }

  #reader(): Reader {
    return {
      bytes: (path) => this.#effects.run("read", path, () => this.#bytes(path)),
      hold: (path) =>
        this.#effects.run("open", path, () => {
          const node = this.#there(path, "open");
          return {
            stat: () => this.#effects.run("stat", path, () => statOf(node)!),
            bytes: () => this.#effects.run("read", path, () => node.bytes.slice()),
            close: () => {},
          };
        }),
      pieces: (path) => this.#effects.run("read", path, () => [this.#bytes(path)]),
      stat: (path) => this.#effects.look("stat", path, () => statOf(this.#find(path))),
      lstat: (path) => this.#effects.look("stat", path, () => statOf(this.#find(path, { follow: false }))),
      realPath: (path) =>
        this.#effects.run("resolve", path, () => {
          this.#there(path, "resolve");
          return this.#locate(path).path;
        }),
      readLink: (path) =>
        this.#effects.run("read link", path, () => {
          const node = this.#locate(path, { follow: false }).node;
          if (node?.kind === "link") return node.target;
          throw new FileError(node === undefined ? "not-found" : "other", path, "read link");
        }),
      list: (path) => this.#effects.run("list", path, () => [...this.#directory(path, "list").entries.keys()].sort()),
      cwd: () => "/",
    };
  }

  #writer(): Writer {
    return {
      open: (path, options) => this.#effects.run("open", path, () => this.#open(path, options)),
      mkdir: (path, mode) => this.#effects.run("create directory", path, () => this.#mkdir(path, mode)),
      rename: (from, to) => this.#effects.run("rename to", to, () => this.#rename(from, to)),
      link: (from, to) => this.#effects.run("link", to, () => this.#link(from, to)),
      remove: (path) =>
        this.#effects.run("remove", path, () => {
          const { parent, name, node } = this.#locate(path, { follow: false });
          if (node === undefined) throw new FileError("not-found", path, "remove");
          if (node.entries.size > 0) throw new FileError("other", path, "remove");
          this.#replaceable({ parent, node, path, operation: "remove" });
          parent.entries.delete(name);
          node.nlink--;
        }),
      chmod: (path, { mode, found }) =>
        this.#effects.run(
          "set the mode of",
          path,
          () => this.#own(path, { operation: "set the mode of", found }).mode = mode,
        ),
      syncDirectory: (path) => this.#effects.run("flush", path, () => void this.#directory(path, "flush")),
    };
  }

  #open(path: string, { how, mode, appends }: OpenOptions): OpenFile {
    const { parent, name, node } = this.#locate(path, { follow: how !== "new" });
    if (how === "new" && node !== undefined) throw new FileError("exists", path, "open");
    if (how === "existing" && node === undefined) throw new FileError("not-found", path, "open");
    if (node?.kind === "directory") throw new FileError("is-a-directory", path, "open");
    if (node?.kind === "pipe") throw new Error(`a real process would now wait for ever: ${path}`);
    if (node !== undefined) return this.#handle(path, { node, appends: appends === true });
    this.#replaceable({ parent, node, path, operation: "open" });
    const made = this.#make("file", mode & ~this.umask);
    parent.entries.set(name, made);
    return this.#handle(path, { node: made, appends: appends === true });
  }

  #handle(path: string, { node, appends }: { readonly node: MemoryNode; readonly appends: boolean }): OpenFile {
    const self = {};
    let position = 0;
    const put = (bytes: Uint8Array) => {
      if (appends) position = node.bytes.length;
      node.bytes = overlay(node.bytes, { at: position, bytes });
      node.mtime = this.now();
      position += bytes.length;
    };
    const free = () => {
      if (node.lock === self) delete node.lock;
    };
    return {
      // A write that fails has written half of it, as on a full disk.
      write: (bytes) =>
        this.#effects.run("write", path, () => put(bytes), () => put(bytes.subarray(0, Math.floor(bytes.length / 2)))),
      rewind: () => this.#effects.run("rewind", path, () => void (position = 0)),
      truncate: (length = 0) =>
        this.#effects.run("truncate", path, () => {
          node.bytes = overlay(node.bytes.slice(0, length), { at: length, bytes: new Uint8Array() });
          node.mtime = this.now();
        }),
      sync: () => this.#effects.run("flush", path, () => {}),
      tryLock: () =>
        this.#effects.run("lock", path, () => {
          if (!this.flock) throw new FileError("unsupported", path, "lock");
          return (node.lock ??= self) === self;
        }),
      unlock: () => this.#effects.run("unlock", path, free),
      stat: () => this.#effects.run("stat", path, () => statOf(node)!),
      chmod: (mode) => {
        const input = { operation: "set the mode of", found: statOf(node)! };
        if (mode !== node.mode) this.#effects.run(input.operation, path, () => this.#own(path, input).mode = mode);
      },
      chown: (uid, gid) => {
        const input = { operation: "set the owner of", found: statOf(node)! };
        this.#effects.run(input.operation, path, () => {
          this.#own(path, input);
          if (this.uid !== 0 && uid !== node.uid) throw new FileError("denied", path, input.operation);
          Object.assign(node, { uid, gid });
        });
      },
      close: free,
    };
  }

  #mkdir(path: string, mode: number): void {
    const { parent, name, node, path: real } = this.#locate(path, { follow: true, make: mode });
    if (node?.kind === "directory") return;
    if (node !== undefined) throw new FileError("exists", path, "create directory");
    this.#replaceable({ parent, node, path: real, operation: "create directory" });
    parent.entries.set(name, this.#make("directory", mode & ~this.umask));
  }

  #rename(from: string, to: string): void {
    const [source, goal] = [from, to].map((path) => this.#locate(path, { follow: false })) as [Located, Located];
    if (source.node === undefined) throw new FileError("not-found", to, "rename to");
    if (goal.node?.kind === "directory") throw new FileError("is-a-directory", to, "rename to");
    this.#replaceable({ ...goal, path: to, operation: "rename to" });
    source.parent.entries.delete(source.name);
    if (goal.node !== undefined) goal.node.nlink--;
    goal.parent.entries.set(goal.name, source.node);
  }

  #link(from: string, to: string): void {
    const node = this.#there(from, "link");
    const goal = this.#locate(to, { follow: false });
    if (goal.node !== undefined) throw new FileError("exists", to, "link");
    if (!this.hardLinks) throw new FileError("denied", to, "link");
    this.#replaceable({ ...goal, path: to, operation: "link" });
    node.nlink++;
    goal.parent.entries.set(goal.name, node);
  }

  #replaceable({ parent, node, path, operation }: Omit<Located, "name"> & { operation: string }): void {
    if (parent.closed !== undefined) throw new FileError(parent.closed, path, operation);
    if (node?.pinned) throw new FileError("busy", path, operation);
  }

  /** What is there, which must be what was found, and ours. */
  #own(path: string, { operation, found }: { operation: string; found: FileStat }): MemoryNode {
    const node = this.#there(path, operation);
    if (statOf(node)!.ino !== found.ino) throw new FileError("other", path, operation);
    if (this.uid !== 0 && node.uid !== this.uid) throw new FileError("denied", path, operation);
    return node;
  }

  #find(path: string, options: { follow?: boolean } = {}): MemoryNode | undefined {
    try {
      return this.#locate(path, options).node;
    } catch (error) {
      if (isFileError(error, "not-found")) return undefined;
      throw error;
    }
  }

  #there(path: string, operation: string): MemoryNode {
    const node = this.#locate(path).node;
    if (node === undefined) throw new FileError("not-found", path, operation);
    return node;
  }

  #directory(path: string, operation: string): MemoryNode {
    const node = this.#there(path, operation);
    if (node.kind !== "directory") throw new FileError("not-a-directory", path, operation);
    return node;
  }

  /** Walks the path; with `make`, missing directories on the way are created with that mode. */
  #locate(
    path: string,
    { follow = true, make, depth = 0 }: { follow?: boolean; make?: number; depth?: number } = {},
  ): Located {
    if (depth > 40) throw new FileError("loop", path, "resolve");
    const names = path.split("/").filter((name) => name !== "" && name !== ".");
    let at: Located = { parent: this.#root, name: "", node: this.#root, path: "/" };
    for (const [index, name] of names.entries()) {
      const parent = at.node;
      if (parent === undefined) throw new FileError("not-found", path, "resolve");
      if (parent.kind !== "directory") throw new FileError("not-a-directory", path, "resolve");
      if (name === "..") {
        at = this.#locate(folderOf(at.path), { depth: depth + 1 });
        continue;
      }
      const folder = at.path;
      const last = index === names.length - 1;
      at = { parent, name, node: parent.entries.get(name), path: `${folder === "/" ? "" : folder}/${name}` };
      if (at.node?.kind === "link" && (!last || follow)) {
        const target = at.node.target.startsWith("/") ? at.node.target : `${folder}/${at.node.target}`;
        at = this.#locate(target, { depth: depth + 1 });
      }
      if (at.node === undefined && make !== undefined && !last) {
        this.#replaceable({ ...at, operation: "create directory" });
        at.parent.entries.set(at.name, this.#make("directory", make & ~this.umask));
        at = { ...at, node: at.parent.entries.get(at.name) };
      }
    }
    return at;
  }

  #enter(path: string, node: MemoryNode): void {
    this.#mkdir(folderOf(path), 0o755);
    const { parent, name } = this.#locate(path, { follow: false });
    parent.entries.set(name, node);
  }

  #make(kind: MemoryNode["kind"], mode: number): MemoryNode {
    const { uid, gid } = this;
    const base = { kind, mode, uid, gid, ino: this.#inodes++, nlink: 1, mtime: this.now(), target: "" };
    return { ...base, entries: new Map(), bytes: new Uint8Array() };
  }
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/")) || "/";
}
