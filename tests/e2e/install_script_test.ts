import { deepEqual, equal, match, ok } from "node:assert/strict";
import { REPOSITORY } from "../support/machine/paths.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { type TempHome, tempHome } from "../support/machine/temp_home.ts";
import { startReleases } from "../support/standin/releases.ts";

const SCRIPT = `${REPOSITORY}/install.sh`;
const SHELLS = [["dash"], ["bash"], ["bash", "--posix"], ["busybox", "sh"]]
  .filter(([shell]) => hasProgram(shell!, `install.sh in ${shell}`));
const PATH = Deno.env.get("PATH") ?? "/usr/bin:/bin";
const PROGRAM = "#!/bin/sh\necho atmos 9.9.9\n";
const OLD = "#!/bin/sh\necho atmos 0.0.1\n";

interface Run {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface Install {
  readonly home: TempHome;
  readonly shell?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly script?: string;
}

async function install({ home, shell = ["sh"], args = [], env = {}, script = SCRIPT }: Install): Promise<Run> {
  const [command, ...words] = [...shell, script, ...args];
  const options = { args: words, clearEnv: true, env: { ...home.env(), PATH, ...env }, cwd: home.path };
  const { code, stdout, stderr } = await new Deno.Command(command!, options).output();
  const text = new TextDecoder();
  return { status: code, stdout: text.decode(stdout), stderr: text.decode(stderr) };
}

/** A shell script needs a shell. */
const ignore = Deno.build.os === "windows";

for (const shell of SHELLS) {
  Deno.test(`install.sh in ${shell.join(" ")}: the verified executable, and how to find it`, {
    ignore,
  }, async () => {
    await using home = tempHome();
    await using releases = startReleases({ program: PROGRAM });
    const env = { ATMOS_INSTALL_URL: releases.url };
    const fresh = await install({ home, shell, env });
    deepEqual(fresh, {
      status: 0,
      stdout: `Installed atmos 9.9.9: ${home.path}/.local/bin/atmos\n` +
        `Add it to PATH:\n  export PATH="${home.path}/.local/bin:$PATH"\n`,
      stderr: "",
    });
    equal(home.read(".local/bin/atmos"), PROGRAM);
    equal(Deno.statSync(home.at(".local/bin/atmos")).mode! & 0o777, 0o755);
    deepEqual(home.files(), [".local/bin/atmos"]);

    const first = { ...env, PATH: `${home.path}/.local/bin:${PATH}` };
    equal(
      (await install({ home, shell, env: first })).stdout,
      `Installed atmos 9.9.9: ${home.path}/.local/bin/atmos\n`,
    );
    home.write("go/atmos", OLD, 0o755);
    const { stdout } = await install({ home, shell, env: { ...first, PATH: `${home.path}/go:${first.PATH}` } });
    match(stdout, /\nAnother atmos comes first on PATH: .*\/go\/atmos\n$/);
  });

  Deno.test(`install.sh in ${shell.join(" ")}: a download that cannot be trusted changes nothing`, {
    ignore,
  }, async (t) => {
    const wrong = "0".repeat(64);
    const cases: readonly [name: string, releases: Parameters<typeof startReleases>[0], message: RegExp][] = [
      ["a wrong checksum", { sums: (name) => `${wrong}  ${name}\n` }, /is [0-9a-f]{64}, not 0{64}: /],
      ["no SHA256SUMS", { missing: "SHA256SUMS" }, /cannot download .*\/SHA256SUMS\n/],
      ["an empty SHA256SUMS", { sums: () => "" }, /has no checksum of atmos-/],
      ["checksums of others", { sums: (name, sum) => `${sum}  ${name}.old\n${sum}  x${name}\n` }, /has no checksum/],
      ["a cut checksum", { sums: (name, sum) => `${sum.slice(0, 60)}  ${name}\n` }, /is cut off/],
      ["two checksums", { sums: (name, sum) => `${wrong}  ${name}\n${sum}  ${name}\n` }, /does not say one/],
      ["a page instead of checksums", { sums: (name) => `<html> ${name}\n` }, /does not say one/],
      ["no executable", { missing: "atmos" }, /cannot download .*\/atmos-/],
      ["a cut executable, with its length", { cut: "announced" }, /cannot download .*\/atmos-|is [0-9a-f]{64}, not /],
      ["a cut executable, without its length", { cut: "silent" }, /is [0-9a-f]{64}, not /],
      ["an executable for something else", { program: "\x7fELF nothing" }, /does not run on this machine/],
      ["an executable that fails", { program: "#!/bin/sh\nexit 3\n" }, /does not run on this machine/],
    ];
    for (const [name, options, message] of cases) {
      await t.step(name, async () => {
        await using home = tempHome();
        home.write(".local/bin/atmos", OLD, 0o755);
        await using releases = startReleases({ program: PROGRAM, ...options });
        const { status, stdout, stderr } = await install({ home, shell, env: { ATMOS_INSTALL_URL: releases.url } });
        deepEqual([status, stdout], [1, ""]);
        match(stderr, message);
        match(stderr, /(^|\n)Error: Cannot install atmos: .*\nHint: .*\n$/);
        deepEqual([home.files(), home.read(".local/bin/atmos")], [[".local/bin/atmos"], OLD]);
      });
    }
  });
}

Deno.test(
  "install.sh: redirects are followed, also with checksums of a binary listing",
  { ignore },
  async () => {
    await using home = tempHome();
    await using releases = startReleases({ program: PROGRAM, sums: (name, sum) => `${sum.toUpperCase()} *${name}\n` });
    equal((await install({ home, env: { ATMOS_INSTALL_URL: `${releases.url}/redirect/` } })).status, 0);
    equal(home.read(".local/bin/atmos"), PROGRAM);
  },
);

Deno.test(
  "install.sh: with wget alone, and with nothing to download or to verify with",
  { ignore },
  async () => {
    await using home = tempHome();
    await using releases = startReleases({ program: PROGRAM });
    const needed = ["sh", "uname", "mkdir", "mktemp", "awk", "cut", "chmod", "mv", "rm", "cat"];
    const programs = {
      wget: [...needed, "wget", "sha256sum"],
      none: [...needed, "sha256sum"],
      sums: [...needed, "curl"],
    };
    for (const [name, list] of Object.entries(programs)) linkPrograms(home.at(name), list);
    const env = { ATMOS_INSTALL_URL: releases.url };
    const none = await install({ home, env: { ...env, PATH: home.at("none") } });
    deepEqual([none.status, none.stderr.split("\n")[0]], [
      1,
      "Error: Cannot install atmos: neither curl nor wget is installed",
    ]);
    match(
      (await install({ home, env: { ...env, PATH: home.at("sums") } })).stderr,
      /there is no sha256sum, shasum or openssl/,
    );
    equal(home.read(".local/bin/atmos"), undefined);
    if (!hasProgram("wget", "install.sh with wget")) return;
    equal((await install({ home, env: { ...env, PATH: home.at("wget") } })).status, 0);
    equal(home.read(".local/bin/atmos"), PROGRAM);
  },
);

function linkPrograms(folder: string, names: readonly string[]): void {
  Deno.mkdirSync(folder);
  for (const name of names) {
    const found = PATH.split(":").map((directory) => `${directory}/${name}`).find((path) => {
      try {
        return Deno.statSync(path).isFile;
      } catch {
        return false;
      }
    });
    if (found !== undefined) Deno.symlinkSync(Deno.realPathSync(found), `${folder}/${name}`);
  }
}

Deno.test(
  "install.sh: a directory that cannot be written, or has a directory of that name",
  { ignore },
  async () => {
    await using home = tempHome();
    await using releases = startReleases({ program: PROGRAM });
    home.write("file", "");
    home.write("taken/atmos/x", "");
    const env = { ATMOS_INSTALL_URL: releases.url };
    const message =
      /^Error: Cannot install atmos: .* (cannot be made|cannot be written|is a directory)\nHint: .*--to DIR\n$/;
    const closed = Deno.build.os === "linux" ? ["/proc/atmos", "/proc"] : [];
    for (const to of ["file/bin", "taken", ...closed]) {
      const { status, stderr } = await install({ home, args: ["--to", to], env });
      equal(status, 1, to);
      match(stderr, message);
    }
    deepEqual(home.files(), ["file", "taken/atmos/x"]);
    equal(
      (await install({ home, args: ["--to", "my bin/"], env })).stdout.split("\n")[0],
      `Installed atmos 9.9.9: ${home.path}/my bin/atmos`,
    );
  },
);

Deno.test(
  "install.sh: what is typed wrong, and addresses that anyone could answer",
  { ignore },
  async () => {
    await using home = tempHome();
    for (const args of [["--to"], ["--to", ""], ["--version"], ["--too", "x"], ["x"]]) {
      const { status, stderr } = await install({ home, args });
      equal(status, 2, args.join(" "));
      match(stderr, /^Error: .*\nUsage: install\.sh /);
    }
    match((await install({ home, args: ["--help"] })).stdout, /^Usage: install\.sh /);
    const refused = { "http://example.com/x": /not an https/, "http://127.0.0.1.example.com": /not an https/ };
    const hidden = { "http://127.0.0.1:80@example.com/": /user or a password/, "ftp://127.0.0.1/": /not an https/ };
    for (const [url, message] of Object.entries({ ...refused, ...hidden })) {
      match((await install({ home, env: { ATMOS_INSTALL_URL: url } })).stderr, message, url);
    }
    match((await install({ home })).stderr, /names no repository\nHint: /);
    match(
      (await install({ home, env: { HOME: "", ATMOS_INSTALL_URL: "https://127.0.0.1:9" } })).stderr,
      /HOME is not set/,
    );
    deepEqual(home.files(), []);
  },
);

Deno.test("install.sh: cut off anywhere, it does nothing", { ignore }, async () => {
  await using home = tempHome();
  await using releases = startReleases({ program: PROGRAM });
  const lines = Deno.readTextFileSync(SCRIPT).split("\n");
  for (let count = 1; count < lines.length - 2; count += 9) {
    const script = home.write("part.sh", lines.slice(0, count).join("\n"));
    await install({ home, script, env: { ATMOS_INSTALL_URL: releases.url } });
  }
  deepEqual(home.files(), ["part.sh"]);
  equal(releases.requests.length, 0);
});

Deno.test("shell scripts pass shellcheck", async () => {
  if (!hasProgram("shellcheck", "shell scripts")) return;
  const scripts = ["install.sh", ".ci/run"].map((name) => `${REPOSITORY}/${name}`);
  const { success, stdout } = await new Deno.Command("shellcheck", { args: scripts }).output();
  ok(success, new TextDecoder().decode(stdout));
});
