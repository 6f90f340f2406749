export interface SmokeInput {
  readonly file: string;
  readonly commit: string;
  readonly target: string;
  readonly version: string;
}

/** Keys of AWS's documentation: a token is signed on this machine and sent nowhere. */
const KEYS = {
  AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE",
  AWS_SECRET_ACCESS_KEY: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
};
const TOKEN = ["aws", "eks", "token", "--cluster-name", "smoke", "--region", "us-east-1", "--no-cache"];

/**
 * Returns what was checked of an executable, on any operating system and without a network. Throws RangeError for one
 * that does not run, or is not of this commit, target and version. Permission: run.
 */
export async function checkExecutable({ file, ...expected }: SmokeInput): Promise<string> {
  const found = JSON.parse(await run(file, ["version", "--output", "json"]));
  for (const key of ["commit", "target", "version"] as const) {
    if (found[key] !== expected[key]) throw new RangeError(`${file}: ${key} is ${found[key]}, not ${expected[key]}`);
  }
  const { status } = JSON.parse(await run(file, TOKEN));
  if (!String(status?.token).startsWith("k8s-aws-v1.")) throw new RangeError(`${file}: aws eks token prints no token`);
  for (const words of [["--help"], ["completion", "bash"], ["completion", "powershell"]]) await run(file, words);
  return `${file}: version, token, help and completion work`;
}

async function run(file: string, args: readonly string[]): Promise<string> {
  const { success, code, stdout, stderr } = await new Deno.Command(file, { args: [...args], env: KEYS }).output();
  const text = new TextDecoder();
  if (success) return text.decode(stdout);
  throw new RangeError(`${file} ${args.join(" ")}: exit status ${code}\n${text.decode(stderr)}`);
}
