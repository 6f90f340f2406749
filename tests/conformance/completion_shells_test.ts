import { deepEqual, equal, ok } from "node:assert/strict";
import { completionScript } from "../../src/cli/completion/script.ts";
import { completionEnv, completionPlace, NAMES } from "../support/terminal/completion_place.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { type ShellSession, startShell } from "../support/terminal/shell_session.ts";
import type { TempHome } from "../support/machine/temp_home.ts";

/** A shell with our script in it, and how it is told to show nothing but a prompt. */
interface Real {
  readonly name: string;
  readonly program: string;
  readonly line: string;
  readonly setUp: (home: TempHome) => Promise<void>;
  /** What it makes of the name of a directory. */
  readonly directory: string;
}

const BASH_COMPLETION = "/usr/share/bash-completion/bash_completion";

const SHELLS: readonly Real[] = [
  {
    name: "bash",
    program: "bash",
    line: "bash --rcfile ~/rc -i",
    setUp: async (home) => void home.write("rc", `${await completionScript("bash")}PS1='READY> '\n`),
    directory: "some dir/",
  },
  {
    name: "bash with bash-completion",
    program: "bash",
    line: "bash --rcfile ~/rc -i",
    setUp: async (home) =>
      void home.write("rc", `. ${BASH_COMPLETION}\n${await completionScript("bash")}PS1='READY> '\n`),
    directory: "some dir/",
  },
  {
    name: "zsh",
    program: "zsh",
    line: "zsh -i",
    setUp: async (home) => {
      home.write("script", await completionScript("zsh"));
      home.write(".zshrc", "PS1='READY> '\nautoload -Uz compinit && compinit -i\n. ~/script\n");
    },
    directory: "some dir",
  },
  {
    name: "zsh, from $fpath",
    program: "zsh",
    line: "zsh -i",
    setUp: async (home) => {
      home.write("functions/_atmos", await completionScript("zsh"));
      home.write(".zshrc", "PS1='READY> '\nfpath=(~/functions $fpath)\nautoload -Uz compinit && compinit -i\n");
    },
    directory: "some dir",
  },
  {
    name: "fish",
    program: "fish",
    line: "fish --private -i",
    setUp: async (home) => {
      home.write(".config/fish/completions/atmos.fish", await completionScript("fish"));
      // Without it fish starts to make completions of manual pages, and is still at it when its home goes.
      home.write(".local/share/fish/generated_completions/none", "");
      const quiet = "function fish_greeting\nend\nset -g fish_autosuggestion_enabled 0\n";
      home.write(".config/fish/config.fish", `function fish_prompt\necho 'READY> '\nend\n${quiet}`);
    },
    directory: "some dir/",
  },
];

console.log("SKIP completion in PowerShell: nothing here brings pwsh; its script is checked by its words alone");

async function withShell(shell: Real, act: (session: ShellSession, home: TempHome) => Promise<void>): Promise<void> {
  await using home = completionPlace();
  await shell.setUp(home);
  await using session = startShell({ line: shell.line, env: completionEnv(home), cwd: home.at("repo") });
  await session.until(/READY> /);
  await act(session, home);
  await session.type("\x15exit\r");
}

/** Types a line with its TABs and Return; gives the arguments that the program then really gets. */
async function argumentsOf(session: ShellSession, line: string): Promise<string> {
  await session.type(`atmos ${line}\r`);
  return /ARGS(.*)END\r?\n$/s.exec(await session.until(/\]END\r?\n/))?.[1] ?? "";
}

function isThere({ name, program }: Real): boolean {
  const test = `completion in ${name}`;
  if (!hasProgram("script", test) || !hasProgram(program, test)) return false;
  if (!name.endsWith("bash-completion")) return true;
  try {
    return Deno.statSync(BASH_COMPLETION).isFile;
  } catch {
    console.log(`SKIP ${test}: there is no ${BASH_COMPLETION}`);
    return false;
  }
}

/** So much of a name that no other begins so, as a careful person would type it. */
const TYPED: Readonly<Record<string, string>> = {
  "dev-admin": "dev-",
  "my name": "my",
  "dev:ops": "dev:",
  "team/prod": "team/p",
  "me@corp.com": "me@c",
  [`it's "so"`]: "it",
  "end'": "en",
  "back\\slash": "ba",
  "$(touch RAN)": "\\$",
  "!bang #x": "\\!",
  "~tilde": "\\~t",
  "été über": "ét",
};

/** What is typed, and the arguments that come out of it. */
function lines(directory: string): readonly (readonly [string, string])[] {
  return [
    ["aws eks tok\t", "[aws][eks][token]"],
    ["-C . aws ek\tupd\t", "[-C][.][aws][eks][update-kubeconfig]"],
    ["aws eks token --clus\tname", "[aws][eks][token][--cluster-name]"],
    ["aws eks update-kubeconfig --upd\trep\t", "[aws][eks][update-kubeconfig][--update][replace]"],
    ["aws eks update-kubeconfig --update=rep\t", "[aws][eks][update-kubeconfig][--update=replace]"],
    ["aws eks update-kubeconfig dev\t", "[aws][eks][update-kubeconfig][dev/eks]"],
    ["aws eks update-kubeconfig --integ\tdev\t", "[aws][eks][update-kubeconfig][--integration][dev/eks]"],
    ["aws eks update-kubeconfig -s plat\t", "[aws][eks][update-kubeconfig][-s][plat dev]"],
    ["aws eks token --prof\tmy\t--reg\tus-gov-w\t", "[aws][eks][token][--profile][my sso][--region][us-gov-west-1]"],
    ["--config-profile dev,\t", "[--config-profile][dev,ci]"],
    ["--identity=my\t", "[--identity=my name]"],
    ["--identity=dev:\t", "[--identity=dev:ops]"],
    ["-imy\t", "[-imy name]"],
    ['-i "my\t', "[-i][my name]"],
    ["-i 'my\t", "[-i][my name]"],
    [`-i "it\t`, `[-i][it's "so"]`],
    [`-i 'it\t`, `[-i][it's "so"]`],
    ["-i 'en\t", "[-i][end']"],
    ["-i my\\ n\t", "[-i][my name]"],
    ["-C so\t", `[-C][${directory}]`],
    ["--base-path=so\t", `[--base-path=${directory}]`],
    ["--config atm\t", "[--config][atmos.yaml]"],
    ["--config=atm\t", "[--config=atmos.yaml]"],
    ["--config some\\ dir/config.yaml -i oth\t", "[--config][some dir/config.yaml][-i][other]"],
  ];
}

for (const shell of SHELLS) {
  const ignore = !isThere(shell);

  Deno.test({
    name: `completion in ${shell.name}: every name comes out as it is, and none is ever run`,
    ignore,
    fn: () =>
      withShell(shell, async (session, home) => {
        for (const name of NAMES) equal(await argumentsOf(session, `-i ${TYPED[name]}\t`), `[-i][${name}]`);
        equal(home.files().some((path) => path.endsWith("RAN")), false);
      }),
  });

  Deno.test({
    name: `completion in ${shell.name}: words, flags, values, quotes and paths`,
    ignore,
    fn: () =>
      withShell(shell, async (session) => {
        const found: [string, string][] = [];
        const expected = lines(shell.directory);
        for (const [line] of expected) found.push([line, await argumentsOf(session, line)]);
        deepEqual(found, expected);
      }),
  });

  Deno.test({
    name: `completion in ${shell.name}: what follows -- is completed as the command line that it is`,
    ignore,
    fn: () =>
      withShell(shell, async (session, home) => {
        home.write(
          "bin/atmos",
          "#!/bin/sh\n[ $1 = complete ] && echo command && exit\nprintf 'ARGS[%s]' \"$*\"\necho END\n",
          0o700,
        );
        const typed = "exec -- only-m\tso\t";
        equal(await argumentsOf(session, typed), `[exec -- only-me-here ${shell.directory}]`);
        home.write("repo/run$(touch RAN) it", "#!/bin/sh\n", 0o700);
        equal(await argumentsOf(session, "exec -- ./run\t"), "[exec -- ./run$(touch RAN) it]");
        equal(home.files().some((path) => path.endsWith("RAN")), false);
      }),
  });

  Deno.test({
    name: `completion in ${shell.name}: descriptions are shown`,
    ignore,
    fn: () =>
      withShell(shell, async (session) => {
        await session.type("atmos aws eks \t\t");
        const screen = await session.until(/Print an ExecCredential[\s\S]*Add or update/);
        ok(/token[\s\S]*update-kubeconfig/.test(screen), screen);
      }),
  });
}

Deno.test({
  name: "completion in bash: the function alone, called by another program's completion",
  ignore: !hasProgram("bash", "completion in bash by its function"),
  fn: async () => {
    await using home = completionPlace();
    home.write("script", await completionScript("bash"));
    const script = `set -eu; . ~/script; . ~/script
      COMP_WORDS=(atmos -i dev-); COMP_CWORD=2; _atmos; printf '%s\\n' "\${COMPREPLY[@]}"
      COMP_WORDS=(~/bin/atmos vers); COMP_CWORD=1; PATH=/usr/bin:/bin; _atmos; printf '%s\\n' "\${COMPREPLY[@]}"
      PATH=~/bin:$PATH; COMP_LINE='atmos aws eks tok --x' COMP_POINT=17 COMP_WORDS=(atmos aws eks tok --x) COMP_CWORD=3
      _atmos atmos tok eks; printf '%s\\n' "\${COMPREPLY[@]-none}"`;
    deepEqual(await output("bash", ["--norc", "-c", script], home), "dev-admin\nversion\ntoken\n");
  },
});

Deno.test({
  name: "completion in bash, zsh and fish: a program of the current directory is not started by TAB, also by PATH",
  ignore: !hasProgram("bash", "completion in bash by its function"),
  fn: async () => {
    await using home = completionPlace();
    home.write("repo/atmos", '#!/bin/sh\n: >"$HOME/ran"\n');
    home.write("repo/sub/atmos", '#!/bin/sh\n: >"$HOME/ran"\n');
    await output("chmod", ["+x", home.at("repo/atmos"), home.at("repo/sub/atmos")], home);
    for (const shell of ["bash", "zsh"].filter((name) => hasProgram(name, `completion in ${name} by its function`))) {
      home.write("script", await completionScript(shell));
      for (const typed of ["./atmos", "sub/atmos", "../repo/atmos", home.at("repo/atmos")]) {
        const script = `compdef() { :; }; _describe() { :; }; complete() { :; }; . ~/script
          COMP_WORDS=('${typed}' vers); COMP_CWORD=1; words=('${typed}' vers); CURRENT=2; PREFIX=vers; _atmos`;
        await output(shell, [shell === "zsh" ? "-f" : "--norc", "-c", script], home);
        const isAbsolute = typed.startsWith("/");
        equal(home.read("ran") !== undefined, isAbsolute, `${shell}: ${typed}`);
        if (isAbsolute) Deno.removeSync(home.at("ran"));
      }
      for (const path of [".:$PATH", ":$PATH", "sub:$PATH", "../repo:$PATH", "/usr/bin:."]) {
        const script =
          `compdef() { :; }; _describe() { printf '%s\\n' "\${shown[@]%%:*}"; }; complete() { :; }; . ~/script
          PATH=${path}; COMP_WORDS=(atmos vers); COMP_CWORD=1; words=(atmos vers); CURRENT=2; PREFIX=vers; _atmos
          printf '%s\\n' "\${COMPREPLY[@]-}"`;
        const offered = await output(shell, [shell === "zsh" ? "-f" : "--norc", "-c", script], home);
        equal(home.read("ran"), undefined, `${shell}: ${path}`);
        equal(offered.includes("version"), path.includes("$PATH"), `${shell}: ${path}: ${offered}`);
      }
    }
    if (!hasProgram("fish", "completion in fish by its function")) return;
    home.write("script", await completionScript("fish"));
    for (const path of [". $PATH", "'' $PATH", "sub $PATH", "../repo $PATH", "/usr/bin ."]) {
      const script = `. ~/script; set -gx PATH ${path}; complete -C 'atmos vers'`;
      const offered = await output("fish", ["--private", "-c", script], home);
      equal(home.read("ran"), undefined, `fish: ${path}`);
      equal(offered.includes("version"), path.includes("$PATH"), `fish: ${path}: ${offered}`);
    }
  },
});

Deno.test({
  name: "completion in fish: what `complete -C` lists, with what each is about",
  ignore: !hasProgram("fish", "completion in fish by complete -C"),
  fn: async () => {
    await using home = completionPlace();
    home.write("script", await completionScript("fish"));
    const listed = await output("fish", ["--private", "-c", ". ~/script; complete -C 'atmos aws eks t'"], home);
    equal(listed, "token\tPrint an ExecCredential token for an EKS cluster\n");
  },
});

Deno.test({
  name: "completion in zsh: a shell that has not loaded its completions yet loads them",
  ignore: !hasProgram("zsh", "completion in zsh without compinit"),
  fn: async () => {
    await using home = completionPlace();
    home.write("script", await completionScript("zsh"));
    equal(await output("zsh", ["-f", "-c", ". ~/script; echo $_comps[atmos]"], home), "_atmos\n");
  },
});

/** What a shell without a terminal prints, and that it complains of nothing. */
async function output(program: string, args: readonly string[], home: TempHome): Promise<string> {
  const env = completionEnv(home);
  const child = new Deno.Command(program, { args: [...args], clearEnv: true, env, cwd: home.at("repo") });
  const { stdout, stderr } = await child.output();
  equal(new TextDecoder().decode(stderr), "");
  return new TextDecoder().decode(stdout);
}
