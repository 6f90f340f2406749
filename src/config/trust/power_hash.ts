import { sha256Hex } from "../../formats/text/sha256_hex.ts";
import { isFileError, unlessFileError } from "../../host/files/file_error.ts";
import type { Needs } from "../../host/host.ts";
import { dirname, expandHome, isInside, resolve } from "../../store/paths.ts";
import { realTarget } from "../files/resolve_write_target.ts";
import { isBeyondTree, type Tree, treeAround } from "../files/tree.ts";
import { listGitRefs } from "../files/git_refs.ts";
import { isRegularFile, resolveLinks } from "../files/file_checks.ts";
import { type CredentialSource, findNamedHere, type Power } from "../schema/powers.ts";
import { findBeyond } from "./files_beyond.ts";
import { listWords } from "./line_words.ts";
import { findNamedFiles, isOfTree } from "./named_files.ts";
import { hashTree } from "./tree_hash.ts";
import type { TrustedPower } from "./trust_list.ts";

type HashHost = Needs<"read" | "env" | "sys">;

/** What trust in a power is for. */
export interface HashedPower {
  readonly record: TrustedPower;
  /** The files that are part of it: "with 3 files that it names"; undefined for none. */
  readonly scope?: string;
  /** Why it can be trusted for one run only; undefined when it can be remembered. */
  readonly unkept?: string;
}

/** Hashes powers of one run: what all files of a tree are is looked at once, since what runs may write to them. */
export class PowerHashes {
  readonly #host: HashHost;
  readonly #trees = new Map<string, Promise<string | undefined>>();
  /** Of the branches and tags of trees. */
  readonly #refs = new Map<string, Promise<string | undefined>>();
  /** Of command lines in trees with too many files. */
  readonly #words = new Map<string, Promise<Started>>();
  /** Of the text of each, which all powers of an entry have in common and which may hold all of them. */
  readonly #sources = new Map<SourceText, Promise<string>>();

  constructor(host: HashHost) {
    this.#host = host;
  }

  /**
   * Returns what the list of trust keeps of a power. The hash covers the file, the setting, the value as written, what
   * a relative path leads to from here, where links lead from a path, whose credentials go there, and of what it starts the files of the same tree. Permissions:
   * read, env.
   */
  async of(power: Power): Promise<HashedPower> {
    const { path, place: { file, line, column }, content, shown, names, covers, targets = [], source } = power;
    const host = this.#host;
    const real = resolveLinks(host, file);
    const here = findNamedHere(host, power);
    const { files = [], ...started } = await this.#startedBy(power, here ?? real);
    const paths = [...(names === undefined ? [] : [names]), ...(covers === "tree" ? [] : covers ?? [])];
    const goals = [...targets, ...paths.flatMap((one) => linkGoals(host, one))];
    const sources = source === undefined ? [] : [{ source: await this.#hashSource(source()) }];
    const heres = here === undefined ? [] : [here];
    const hash = await sha256Hex(
      JSON.stringify([real, path, content.reveal(), ...files, ...heres, ...goals, ...sources]),
    );
    const ends = goals.length > 0 ? goals : heres.filter((one) => isBeyondTree(host, { file, path: one }));
    const value = [shown, ...ends.map((end) => JSON.stringify(end))].join(" -> ");
    const directory = here === undefined ? {} : { directory: host.read.cwd() };
    return { record: { file: real, hash, path, line, column, value, ...sources[0], ...directory }, ...started };
  }

  async #hashSource(source: CredentialSource): Promise<string> {
    const own = await this.#hashText(source);
    return source.shared === undefined ? own : await sha256Hex(`${own} ${await this.#hashText(source.shared)}`);
  }

  #hashText(source: SourceText): Promise<string> {
    const hash = this.#sources.get(source) ?? sha256Hex(source.text.reveal());
    this.#sources.set(source, hash);
    return hash;
  }

  /** The files of the tree that a power may start, each with a hash of what is in it. */
  async #startedBy({ runs, names, covers }: Power, file: string): Promise<Started> {
    const tree = treeAround(this.#host, file);
    if (covers !== undefined) {
      if (covers === "tree") return await this.#everyFile(tree);
      return await this.#namedFiles(covers.filter((path) => isInside(tree.root, realTarget(this.#host, path) ?? path)));
    }
    if (runs === undefined) return {};
    const line = { line: runs, file, root: tree.root };
    if (names !== undefined && !isOfTree(this.#host, line)) return {};
    const named = names === undefined ? findNamedFiles(this.#host, line) : undefined;
    if (named !== undefined) return await this.#namedFiles(named);
    return await this.#everyFile(tree, line);
  }

  /** What commits say is their author's, an empty one changes no file of the tree, and any program may ask Git for it. */
  #hashRefs(tree: Tree): Promise<string | undefined> {
    const refs = this.#refs.get(tree.root) ?? this.#readRefs(tree);
    this.#refs.set(tree.root, refs);
    return refs;
  }

  async #readRefs({ root }: Tree): Promise<string | undefined> {
    const refs = listGitRefs(this.#host, root);
    if (refs === undefined) return undefined;
    const hashed = await Promise.all(refs.map(async (path) => [path, await hashFile(this.#host, path)]));
    return await sha256Hex(JSON.stringify(hashed));
  }

  async #namedFiles(named: readonly string[]): Promise<Started> {
    if (named.length === 0) return {};
    const files = await Promise.all(named.map(async (path) => [path, await hashFile(this.#host, path)]));
    const count = files.length === 1 ? "1 file" : `${files.length} files`;
    return { files, scope: `with ${count} that it names` };
  }

  /** Where there are too many, at least those that the command line has as words are as they were when the user said yes. */
  async #everyFile(tree: Tree, line?: CommandLine): Promise<Started> {
    const hash = this.#trees.get(tree.root) ?? hashTree(this.#host, tree);
    this.#trees.set(tree.root, hash);
    if (await hash !== undefined) {
      const { files = [], scope, unkept } = line === undefined ? {} : await this.#filesBeyond(tree, line);
      if (unkept !== undefined) return { files, scope: `for this run only: ${unkept}`, unkept };
      const refs = await this.#hashRefs(tree);
      if (refs === undefined) return { files, scope: `for this run only: ${MANY_REFS}`, unkept: MANY_REFS };
      return {
        files: ["every file", await hash, ...files, refs],
        scope: `with every file of this repository${scope ?? ""}`,
      };
    }
    const { files = [] } = line === undefined ? {} : await this.#fileWords(line);
    return { files: ["too many files", ...files], unkept: TOO_LARGE, scope: `for this run only: ${TOO_LARGE}` };
  }

  /** The programs next to the repository that the line starts; what these start is not looked at. */
  async #filesBeyond({ root }: Tree, line: CommandLine): Promise<Started> {
    const beyond = findBeyond(this.#host, { ...line, root });
    if (beyond === undefined) return { files: ["too many names"], unkept: TOO_LONG };
    const { programs, directories } = beyond;
    const files = await Promise.all(programs.map(async (path) => [path, await hashFile(this.#host, path)]));
    const covered = listBriefly(programs.map((path) => JSON.stringify(path)));
    const open = [
      ...listBriefly(
        directories.map((path) => `${isInside(path, root) ? "what else is in " : ""}${JSON.stringify(path)}`),
      ),
      ...covered.length === 0 ? [] : ["what else it starts beyond it"],
    ];
    const parts = [[", and ", covered], [", but not ", open]] as const;
    return { files, scope: parts.map(([word, names]) => names.length === 0 ? "" : word + names.join(", ")).join("") };
  }

  #fileWords(line: CommandLine): Promise<Started> {
    const key = JSON.stringify([line.file, line.line]);
    const found = this.#words.get(key) ?? this.#namedFiles(listFileWords(this.#host, line));
    this.#words.set(key, found);
    return found;
  }
}

type SourceText = Pick<CredentialSource, "text">;

type Started = Omit<HashedPower, "record"> & { readonly files?: readonly unknown[] };

const MOST_NAMED = 3;

/** The first of them, and how many more there are. */
function listBriefly(names: readonly string[]): readonly string[] {
  const more = names.length - MOST_NAMED;
  return [...names.slice(0, MOST_NAMED), ...more > 0 ? [`${more} more`] : []];
}

const TOO_LARGE = "it may start any file of a repository with more than 5,000 files or 50 MiB";

const MANY_REFS = "it may ask Git about more than 5,000 branches and tags";

const TOO_LONG = "it names more files beside the repository than can be looked for";

interface CommandLine {
  readonly line: string;
  readonly file: string;
}

/** The files that words of a line may be the path of, from its file and from the current directory. */
function listFileWords(host: Needs<"read">, { line, file }: CommandLine): readonly string[] {
  const bases = [dirname(file), host.read.cwd()];
  const paths = new Set(listWords(line).flatMap((word) => bases.map((from) => resolve(from, word))));
  return [...paths].filter((path) => unlessFileError(() => isRegularFile(host, path)) === true);
}

/** Where a path ends up, unless that is what it says by its letters. */
function linkGoals(host: Needs<"read" | "env">, path: string): readonly string[] {
  const said = resolve(host.read.cwd(), expandHome(host, path) ?? path);
  const goal = realTarget(host, said) ?? "links without end";
  return goal === said ? [] : [goal];
}

async function hashFile(host: Needs<"read">, path: string): Promise<string> {
  try {
    return isRegularFile(host, path) ? await sha256Hex(host.read.bytes(path)) : "no file";
  } catch (error) {
    if (isFileError(error)) return error.kind;
    throw error;
  }
}
