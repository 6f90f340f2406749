import { deepEqual, equal, match, ok } from "node:assert/strict";
import { atmosWords, runtimeEnv } from "../support/atmos/run_atmos.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { contextWorld, line } from "../support/runs/context_run.ts";
import { type LoginWorld, NOBODY } from "../support/runs/login_run.ts";

const PAGE = Deno.readTextFileSync(new URL("../../docs/shell-prompt.md", import.meta.url));

/** The recipe that the page has in a language. */
function recipe(language: string): string {
  const [, text] = new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, "m").exec(PAGE) ?? [];
  return text ?? `no recipe for ${language}`;
}

interface ShellRecipe {
  /** What the page says to put into the shell's own files. */
  readonly text: string;
  /** Shows the prompt as the shell does. */
  readonly show: string;
  /** Without the user's own files. */
  readonly words: readonly string[];
  readonly format: string;
}

const SHELLS: Readonly<Record<string, ShellRecipe>> = {
  bash: {
    text: `PS1='$ '\n${recipe("sh")}${recipe("bash")}`,
    show: 'printf "%s\\n" "${PS1@P}"',
    words: ["bash", "--norc", "-c"],
    format: "bash",
  },
  zsh: {
    text: `PROMPT='$ '\n${recipe("sh")}${recipe("zsh")}`,
    show: 'print -P "$PROMPT"',
    words: ["zsh", "-fc"],
    format: "zsh",
  },
  fish: {
    text: recipe("fish"),
    show: 'printf "%s \\$ \\n" (fish_right_prompt)',
    words: ["fish", "--no-config", "-c"],
    format: "fish",
  },
};

/** The prompt of a shell, after each of some steps. */
async function prompts(
  { home, env }: LoginWorld,
  { shell, steps }: { readonly shell: ShellRecipe; readonly steps: readonly string[] },
): Promise<readonly string[]> {
  const file = home.write("recipe", shell.text);
  const [program, ...flags] = shell.words;
  const script = [`source '${file}'`, ...steps.flatMap((step) => [step, shell.show])].join("\n");
  const { stdout, stderr } = await new Deno.Command(program!, {
    args: [...flags, script],
    clearEnv: true,
    env: { ...runtimeEnv(), ...env({ ...NOBODY, LC_ALL: "C.UTF-8" }) },
    cwd: home.at("repo"),
  }).output();
  equal(new TextDecoder().decode(stderr), "");
  return new TextDecoder().decode(stdout).trimEnd().split("\n").map((one) => one.trim());
}

for (const [name, shell] of Object.entries(SHELLS)) {
  const words = (...more: readonly string[]) => line([...atmosWords(), "auth", "env", "-f", shell.format, ...more]);
  const evaluate = (...more: readonly string[]) =>
    name === "fish" ? `${words(...more)} | source` : `eval "$(${words(...more)})"`;

  Deno.test(`docs/shell-prompt.md: ${name}: nothing outside; identity, context and minutes inside`, async () => {
    if (!hasProgram(name, `docs/shell-prompt.md: ${name}`)) return;
    await using world = await contextWorld();
    const seen = await prompts(world, {
      shell,
      steps: [
        "true",
        evaluate("dev-admin"),
        evaluate("-i", "platform", "--logs-level", "error"),
        evaluate("-i", "platform", "--context", "staging"),
        evaluate("-i", "reader", "--logs-level", "error"),
      ],
    });
    equal(seen[0], "$");
    match(seen[1]!, /^\(dev-admin dev \d+m\) \$$/);
    match(seen[2]!, /^\(platform no-context \d+m\) \$$/);
    match(seen[3]!, /^\(platform staging \d+m\) \$$/);
    match(seen[4]!, /^\(reader no-context \d+m\) \$$/);
    equal(seen.length, 5);
  });

  Deno.test(`docs/shell-prompt.md: ${name}: follows kubectl, renewed credentials and ones that have expired`, async () => {
    const test = `docs/shell-prompt.md: ${name}: kubectl`;
    if (!hasProgram(name, test) || !hasProgram("kubectl", test)) return;
    await using world = await contextWorld();
    const credentials = world.home.at(".config/atmos/test/aws/sso/credentials");
    const setExpiration = (time: string) => `sed -i 's/expiration=.*/expiration=${time}/' '${credentials}'`;
    const seen = await prompts(world, {
      shell,
      steps: [
        evaluate("prod-admin"),
        "kubectl config use-context production >/dev/null",
        setExpiration("2020-01-01T00:00:00Z"),
        setExpiration("2999-01-01T00:00:00Z"),
        `rm '${credentials}'`,
      ],
    });
    match(seen[0]!, /^\(Prod-Admin prod \d+m\) \$$/);
    match(seen[1]!, /^\(Prod-Admin production \d+m\) \$$/);
    equal(seen[2], "(Prod-Admin production expired) $");
    match(seen[3]!, /^\(Prod-Admin production \d+m\) \$$/);
    match(seen[4]!, /^\(Prod-Admin production \d+m\) \$$/, "that of the variable");
  });
}

Deno.test("docs/shell-prompt.md: a name is shown as it is: no command of it runs, no percent sign of it counts", async () => {
  await using world = await contextWorld();
  const odd = "%n$(touch ran)`touch ran`\\u";
  for (const [name, shell] of Object.entries(SHELLS)) {
    if (!hasProgram(name, `docs/shell-prompt.md: names in ${name}`)) continue;
    const quoted = `'${name === "fish" ? odd.replaceAll("\\", "\\\\") : odd}'`;
    const set = (variable: string) =>
      name === "fish" ? `set -gx ${variable} ${quoted}` : `export ${variable}=${quoted}`;
    const seen = await prompts(world, { shell, steps: [`${set("ATMOS_IDENTITY")}\n${set("ATMOS_KUBE_CONTEXT")}`] });
    deepEqual(seen, [`(${odd} ${odd}) $`], name);
    equal(world.home.read("repo/ran"), undefined, name);
  }
});

/** The options that https://starship.rs/config has for these modules, as far as they are used. */
const STARSHIP: Readonly<Record<string, readonly string[]>> = {
  "env_var.ATMOS_IDENTITY": ["format", "style"],
  "kubernetes": ["disabled", "detect_env_vars", "format"],
  "aws": ["force_display", "format"],
};

Deno.test("docs/shell-prompt.md: starship: it is TOML, of options that there are", async () => {
  if (!hasProgram("python3", "docs/shell-prompt.md: starship")) return;
  const read = "import sys, json, tomllib; json.dump(tomllib.loads(sys.stdin.read()), sys.stdout)";
  const child = new Deno.Command("python3", { args: ["-c", read], stdin: "piped", stdout: "piped" }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(recipe("toml")));
  await writer.close();
  const { stdout } = await child.output();
  const { env_var: variables, ...modules } = JSON.parse(new TextDecoder().decode(stdout));
  const all = {
    ...modules,
    ...Object.fromEntries(Object.entries(variables).map(([name, one]) => [`env_var.${name}`, one])),
  };
  deepEqual(Object.keys(all).toSorted(), Object.keys(STARSHIP).toSorted());
  for (const [name, options] of Object.entries(STARSHIP)) {
    ok(Object.keys(all[name]).every((option) => options.includes(option)), name);
  }
});
