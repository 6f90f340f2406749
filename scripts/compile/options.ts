export interface CompileOptions {
  /** A target triple of `deno compile`; by default that of this machine. */
  readonly target?: string;
  /** Hosts (with or without a port) that the executable may reach besides those of src/host/process/allowed.ts. */
  readonly allowHosts: readonly string[];
  readonly output: string;
}

export const USAGE = "Usage: deno task compile [--target TRIPLE] [--allow-host HOST[:PORT]]... [--output FILE]";

/** Reads the command line; throws RangeError with a message for the user. */
export function parseOptions(args: readonly string[]): CompileOptions {
  const values = { "--target": [] as string[], "--allow-host": [] as string[], "--output": [] as string[] };
  const words = args.flatMap((word) => /^--[\w-]+=/.test(word) ? splitOnce(word) : [word]);
  for (let at = 0; at < words.length; at += 2) {
    const [flag, value] = [words[at] as string, words[at + 1]];
    if (!isFlag(flag, values)) throw new RangeError(`unknown option "${flag}"`);
    if (value === undefined || value === "") throw new RangeError(`${flag} needs a value`);
    values[flag].push(value);
  }
  const target = values["--target"].at(-1);
  return {
    ...(target === undefined ? {} : { target }),
    allowHosts: values["--allow-host"].map(checkHost),
    output: values["--output"].at(-1) ?? "dist/atmos",
  };
}

function isFlag<T extends object>(word: string, values: T): word is keyof T & string {
  return Object.hasOwn(values, word);
}

function splitOnce(word: string): readonly string[] {
  const at = word.indexOf("=");
  return [word.slice(0, at), word.slice(at + 1)];
}

/** One host name or address; a comma would add a second one, and a lone star every one. */
function checkHost(host: string): string {
  const name = /^(?:\*\.)?[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d{1,5})?$/;
  const address6 = /^\[[0-9A-Fa-f:.]+\](?::\d{1,5})?$/;
  if (name.test(host) || address6.test(host)) return host;
  throw new RangeError(`--allow-host "${host}" is no host name or address`);
}
