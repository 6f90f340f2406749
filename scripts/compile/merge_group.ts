/** Code by the name of its file. */
export type Files = ReadonlyMap<string, string>;

/** Files of a bundle that are opened together, and become one. */
export interface Group {
  readonly file: string;
  /** All that these import when they are loaded is of the group, too, but for what is a merged file already. */
  readonly entries: readonly string[];
  readonly merged: readonly string[];
}

/** What esbuild is told to put together. */
export interface Merge {
  /** Code by file; none of them imports another file but lazily, or one that is merged already. */
  readonly members: Files;
  /** Loads the members, and exports what other files use of them, each under a name of its own. */
  readonly entry: string;
  /** What members import that stays in files of its own. */
  readonly outside: readonly string[];
}

/** An import that loads a file at once, as esbuild writes it. */
const EARLY = /^import (?:\{([^}]*)\} from )?"\.\/([\w.-]+\.js)";\n?/gm;
const LATE = /\bimport\("\.\/([\w.-]+\.js)"\)/g;

/** Returns how to merge a group. */
export function planMerge(files: Files, { file, entries, merged }: Group): Merge {
  const names = reachable(files, entries).filter((name) => !merged.includes(name));
  const isMember = new Set(names);
  const members = new Map(names.map((name) => [name, lateFrom(file, { code: files.get(name)!, members: isMember })]));
  const others = [...files].filter(([name]) => !isMember.has(name)).map(([, code]) => code);
  const imported = [...members.values()].flatMap((code) => [...earlyImports(code), ...lateImports(code)]);
  return {
    members,
    entry: [...loads(names), ...usedNames(others, isMember), ...usedLate([...files.values()], isMember)].join(""),
    outside: [...new Set(imported)].filter((name) => !isMember.has(name)).sort(),
  };
}

/** Returns the files with one in the place of those that were merged. */
export function withMerged(
  files: Files,
  { file, code, members }: { file: string; code: string; members: Files },
): Files {
  const isMember = new Set(members.keys());
  const others = [...files].filter(([name]) => !isMember.has(name));
  return new Map([...others.map(([name, code]) => [name, importFrom(file, { code, members: isMember })] as const), [
    file,
    code,
  ]]);
}

interface Importing {
  readonly code: string;
  readonly members: ReadonlySet<string>;
}

function importFrom(file: string, { code, members }: Importing): string {
  const early = code.replace(EARLY, (all, list: string | undefined, from: string) => {
    if (!members.has(from)) return all;
    if (list === undefined) return `import "./${file}";\n`;
    const names = namesIn(list).map(({ name, as }) => `${nameIn(from, name)} as ${as}`);
    return `import {\n  ${names.join(",\n  ")}\n} from "./${file}";\n`;
  });
  return lateFrom(file, { code: early, members });
}

/** A file that imports itself lazily is there already. */
function lateFrom(file: string, { code, members }: Importing): string {
  return code.replace(
    LATE,
    (all, from: string) => members.has(from) ? `import("./${file}").then((all) => all.${nameIn(from)})` : all,
  );
}

function reachable(files: Files, entries: readonly string[]): readonly string[] {
  const found = new Set(entries);
  for (const name of found) earlyImports(files.get(name) ?? "").forEach((file) => found.add(file));
  return [...found].sort();
}

function loads(names: readonly string[]): readonly string[] {
  return names.map((name) => `import "./${name}";\n`);
}

function usedNames(codes: readonly string[], members: ReadonlySet<string>): ReadonlySet<string> {
  const imports = codes.flatMap((code) => [...code.matchAll(EARLY)]).filter(([, , from]) => members.has(from!));
  return new Set(
    imports.flatMap(([, list = "", from]) =>
      namesIn(list).map(({ name }) => `export { ${name} as ${nameIn(from!, name)} } from "./${from}";\n`)
    ),
  );
}

function usedLate(codes: readonly string[], members: ReadonlySet<string>): ReadonlySet<string> {
  const used = codes.flatMap(lateImports).filter((from) => members.has(from));
  return new Set(used.map((from) => `export * as ${nameIn(from)} from "./${from}";\n`));
}

/** The files that a file loads at once. */
export function earlyImports(code: string): readonly string[] {
  return [...code.matchAll(EARLY)].map(([, , file]) => file!);
}

/** Those that it loads when it needs them. */
export function lateImports(code: string): readonly string[] {
  return [...code.matchAll(LATE)].map(([, file]) => file!);
}

function namesIn(list: string): readonly { readonly name: string; readonly as: string }[] {
  return list.split(",").map((item) => item.trim()).filter((item) => item !== "").map((item) => {
    const [name, as = name] = item.split(" as ");
    return { name: name!, as: as! };
  });
}

/** What a merged file exports it as; without a name all that the member exports. */
function nameIn(file: string, name?: string): string {
  const whole = file.replace(/\.js$/, "").replaceAll(/\W/g, "_");
  return name === undefined ? whole : `${whole}_${name}`;
}
