import type { Browsed, BrowseInput } from "./browse_port.ts";
import type { Clock } from "./clock_port.ts";
import type { Log, Warning } from "./log_port.ts";

/**
 * Everything the program can do to the world. Each member is one permission (or none), so a function's first parameter,
 * `host: Needs<"net" | "clock">`, is its permission list and the compiler checks it.
 */
export interface Host extends Ambient {
  readonly net: Net;
  readonly loopback: Loopback;
  readonly read: Reader;
  readonly write: Writer;
  readonly env: Env;
  readonly run: Run;
  readonly sys: Sys;
  readonly clock: Clock;
  readonly random: Random;
  readonly terminal: Terminal;
  readonly runtime: Runtime;
}

export type Need = Exclude<keyof Host, keyof Ambient>;
export type Needs<K extends Need> = Pick<Host, K> & Ambient;

/** What every function has, whatever it needs. */
interface Ambient {
  readonly log?: Log | undefined;
  /** The flags that name the configuration of this run, word by word: commands that it tells to type repeat them. */
  readonly configuration?: readonly string[] | undefined;
  /** Warns the user, of the same only once; undefined for a command whose user is a program. */
  readonly warn?: ((warning: Warning) => void) | undefined;
}

export interface NetRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  /** PEM certificates to trust besides the built-in ones (AWS_CA_BUNDLE). */
  readonly caCerts?: readonly string[];
  /** URL of the proxy to go through, whatever the environment says: http, https, socks5 or socks5h. */
  readonly proxy?: string;
  /** Milliseconds for the whole exchange; 30,000 by default. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

export interface NetResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Every Set-Cookie header; `headers` has room for one of a name. */
  readonly cookies?: readonly string[];
  readonly body: Uint8Array;
}

/** Permission "net". Failures are NetError. */
export interface Net {
  fetch(request: NetRequest): Promise<NetResponse>;
}

/** A request of a program on this machine. */
export interface Visit {
  readonly method: string;
  /** With its query, as sent: "/oauth/callback?code=…". */
  readonly target: string;
}

export interface VisitAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What is answered to a visit; with `found` it is the one that was waited for. */
export interface Visited<T> {
  readonly answer: VisitAnswer;
  readonly found?: T;
}

export interface LoopbackListener<T> {
  readonly port: number;
  /** What the first visit with something found has brought; undefined when none comes in that many milliseconds. */
  arrival(timeoutMs: number): Promise<T | undefined>;
  /** Gives the port back; an answer that is on its way still arrives. */
  close(): Promise<void>;
}

/** Permission "net": one port of 127.0.0.1, for a browser of this machine to come back to. */
export interface Loopback {
  /** Listens on a free port, HTTP only. A NetError when none can be had. */
  listen<T>(visited: (visit: Visit) => Visited<T>): LoopbackListener<T>;
}

export interface FileStat {
  readonly isFile: boolean;
  readonly isDirectory: boolean;
  readonly isSymlink: boolean;
  readonly size: number;
  /** Milliseconds since the epoch. */
  readonly mtime: number;
  /** When anything of it last changed, in whole seconds, which no program can set; 0 where it is unknown. */
  readonly ctime: number;
  /** Permission bits only (0o777); 0 where the system has none. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  readonly ino: number;
  readonly dev: number;
  readonly nlink: number;
}

/** A file that is open for reading, and stays this very one whatever is put in its place. */
export interface HeldFile {
  stat(): FileStat;
  /** All that it holds now. */
  bytes(): Uint8Array;
  close(): void;
}

/** Permission "read". Failures are FileError; nothing here changes the disk. */
export interface Reader {
  /** The bytes of a file; a FileError of kind "not-found" when there is none. */
  bytes(path: string): Uint8Array;
  /** The same a piece at a time, for a file that need not be in memory; each piece is gone when the next one comes. */
  pieces(path: string): Iterable<Uint8Array>;
  hold(path: string): HeldFile;
  /** Follows links; undefined when nothing is there. */
  stat(path: string): FileStat | undefined;
  /** Does not follow the last link; undefined when nothing is there. */
  lstat(path: string): FileStat | undefined;
  realPath(path: string): string;
  readLink(path: string): string;
  /** The names in a directory, sorted. */
  list(path: string): readonly string[];
  /** The current directory, absolute. */
  cwd(): string;
}

export interface OpenFile {
  /** Writes all of it, after what this handle wrote before (at first: from the start of the file). */
  write(bytes: Uint8Array): void;
  /** The next write begins at the start of the file again. */
  rewind(): void;
  /** Cuts the file to this many bytes; 0 by default. */
  truncate(length?: number): void;
  /** Flushes to the disk (fsync). */
  sync(): void;
  /** Takes the exclusive advisory lock (flock) if it is free; the kernel frees it when the process ends. */
  tryLock(): boolean;
  unlock(): void;
  stat(): FileStat;
  /** Sets the permission bits of this very file, whatever its path leads to by now. */
  chmod(mode: number): void;
  chown(uid: number, gid: number): void;
  close(): void;
}

export interface OpenOptions {
  /** "new": must not exist. "create": opened or created. "existing": must exist. The content is never truncated. */
  readonly how: "new" | "create" | "existing";
  /** Mode of a file that this call creates, before the umask. */
  readonly mode: number;
  /** Each write goes to the end of the file, wherever other processes have put that meanwhile. */
  readonly appends?: true;
}

/** Permission "write" (and "read" for stat of open files). Failures are FileError. */
export interface Writer {
  open(path: string, options: OpenOptions): OpenFile;
  /** Creates the directory and its missing parents with the mode. */
  mkdir(path: string, mode: number): void;
  rename(from: string, to: string): void;
  /** A hard link; a FileError of kind "exists" when `to` is there. */
  link(from: string, to: string): void;
  remove(path: string): void;
  /** Sets the permission bits of the file or directory that was found there; a FileError when it is another by now. */
  chmod(path: string, change: { readonly mode: number; readonly found: FileStat }): void;
  /** Flushes a directory's entries; silently nothing where the system can't. */
  syncDirectory(path: string): void;
}

/** Permission "env". */
export interface Env {
  /** undefined when unset; an empty value counts as unset. */
  get(name: string): string | undefined;
  /** What another program inherits: empty values, too. */
  all(): Readonly<Record<string, string>>;
}

export interface RunInput {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string; // By default that of this process.
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** Milliseconds after which it is killed; no limit by default. */
  readonly timeoutMs?: number;
  /** Bytes on stdout, and on stderr, beyond which it is killed; no limit by default. */
  readonly maxBytes?: number;
  /** Where this run starts no programs, it is as if it had printed nothing; without this it is "refused". */
  readonly skippable?: true;
}

export interface RunResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  /** The limit that it was killed for; "refused" when it was never started, because this run starts no programs. */
  readonly stopped?: "timeout" | "output" | "refused";
}

/** Permission "run". */
export interface Run {
  /** Shows a page in a browser until it posts something; Ctrl-C ends both. Needs "read", "write", "env" and "sys" too. */
  browse(input: BrowseInput): Promise<Browsed>;
  capture(input: RunInput): Promise<RunResult>;
  /**
   * Lets a program have this one's terminal, with exactly this environment; its exit status, 128 and more for a signal.
   * Ctrl-C is its own business meanwhile; SIGTERM and SIGHUP are handed on. A FileError when it cannot be started.
   */
  foreground(input: Required<Pick<RunInput, "command" | "args" | "env">>): Promise<number>;
}

/** Permission "sys": what the process is and where it runs. */
export interface Sys {
  readonly os: "linux" | "darwin" | "windows" | "other";
  /** -1 without user ids. */
  uid(): number;
  gid(): number;
  pid(): number;
  ppid(): number;
  /** How to start this program again: the compiled binary alone, or deno with its flags and main.ts. */
  self(): { readonly command: string; readonly args: readonly string[] };
  /** Changes the working directory; needs "read" as well. A FileError when it does not exist or no directory. */
  chdir(path: string): void;
  /** Gives back what is of no more use, in 40 ms for 60 MiB. */
  freeMemory?(): void;
  /** Runs `cleanUp`, which may not wait, before SIGINT, SIGTERM or SIGHUP ends this process, until what it gives is called. */
  cleanUpOnSignal(cleanUp: () => void): () => Promise<void>;
}

/** No permission. */
export interface Random {
  /** In [0, 1). For jitter, not for secrets. */
  fraction(): number;
  bytes(length: number): Uint8Array;
}

/** No permission: the three standard streams. */
export interface Terminal {
  /** Data; exactly these characters go to stdout. */
  out(text: string): void;
  /** For people; exactly these characters go to stderr. */
  err(text: string): void;
  /** For a program that reads stderr; exactly these characters, secrets among them. */
  errRaw(text: string): void;
  /** Waits for a line of stdin, without its line break; undefined when there is no more. */
  line(): Promise<string | undefined>;
  /**
   * While `body` runs, keys are neither shown nor obeyed: `next` gives them one by one, as the terminal sends them ("a",
   * "é", "\r", "\x1b[A", "\x03" for Ctrl-C), undefined at the end of stdin. Needs a terminal on stdin, which is as
   * before afterwards, however this ends. `isFresh` forgets what was typed before.
   */
  keys<T>(body: (next: () => Promise<string | undefined>) => Promise<T>, isFresh?: boolean): Promise<T>;
  /**
   * Shows after a moment that something goes on, in a moving line of stderr below whatever else is written, until the
   * function that it gives is called. One line at a time: a second one is not seen. Needs a terminal on stderr.
   */
  spin(text: string): () => void;
  /** Of the terminal, in characters; 80 by 24 where nothing is known. */
  size(): { readonly columns: number; readonly rows: number };
  readonly isTty: { readonly stdin: boolean; readonly stdout: boolean; readonly stderr: boolean };
  /** Until it is disposed of, the first Ctrl-C aborts its signal instead of ending the process; a second one ends it. */
  interrupts(): Interrupts;
}

export interface Interrupts extends Disposable {
  readonly signal: AbortSignal;
}

/** No permission: what this program was built for and runs on. */
export interface Runtime {
  /** As in the target triple: "linux", "darwin", "windows". */
  readonly os: string;
  readonly arch: string;
  /** The triple itself: "x86_64-unknown-linux-gnu". */
  readonly target: string;
  readonly deno: string;
  readonly v8: string;
  /** That was compiled, with `-dirty` where files differed from it; "unknown" for a run from the sources. */
  readonly commit: string;
  /** When that commit was made, in UTC, or "unknown". */
  readonly date: string;
}
