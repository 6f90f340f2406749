import assert from "node:assert/strict";
import { bundle } from "../../scripts/compile/bundle.ts";
import { HOT_FILES } from "../../scripts/compile/merge_chunks.ts";
import { DEV_ONLY } from "../../scripts/lint/packages.ts";
import { REGISTRY } from "../../src/cli/registry.ts";
import { atmosWords, runtimeEnv } from "../support/atmos/run_atmos.ts";
import { startStandin } from "../support/standin/aws_standin.ts";
import { USER_KEY } from "../support/standin/keys.ts";
import { DEV, eksEnv } from "../support/runs/eks_run.ts";
import { fakeBrowser } from "../support/browser/fake_browser.ts";
import { hasProgram } from "../support/machine/has_program.ts";
import { loginWorld } from "../support/runs/login_run.ts";
import { type TempHome, tempHome } from "../support/machine/temp_home.ts";

async function run(under: string, args: readonly string[], env: Readonly<Record<string, string>>) {
  const [command, ...words] = [...atmosWords(under), ...args];
  const output = await new Deno.Command(command!, { args: words, clearEnv: true, env: { ...runtimeEnv(), ...env } })
    .output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { status: output.code, stdout: text(output.stdout), stderr: text(output.stderr) };
}

Deno.test("the bundle holds every command and no dev package, and does what the sources do", async () => {
  await using aws = await startStandin();
  await using home = tempHome();
  const { main, inputs } = await bundle(home.at("bundle"));
  const sources = Object.values(REGISTRY).map((load) =>
    /import\("\.\/(commands\/[\w/]+\.ts)"\)/.exec(String(load))?.[1]
  );
  for (const source of sources) assert.ok(inputs.has(`src/cli/${source}`), `${source} is not in the bundle`);
  for (const name of DEV_ONLY) assert.ok(!inputs.has(`npm:${name}`), `${name} is in the bundle`);
  assert.ok([...inputs].every((input) => /^(main\.ts$|src\/|npm:)/.test(input)), "something of tests or scripts");
  for (const { name } of Deno.readDirSync(home.at("bundle"))) {
    if (!name.endsWith(".js")) continue;
    const code = Deno.readTextFileSync(home.at(`bundle/${name}`));
    assert.doesNotMatch(code, /\btypeof (?:Buffer|process)\b/, `${name}: Deno would load Node's modules`);
  }
  for (const file of HOT_FILES) {
    const code = Deno.readTextFileSync(home.at(`bundle/${file}`));
    assert.doesNotMatch(code, /\bimport\("\.\//, `${file}: Deno would read what it imports lazily before it starts`);
    assert.doesNotMatch(code, /^ +\S/m, `${file} is not shortened`);
  }

  home.write(".aws/config", `[profile asks]\nregion = us-east-2\ncredential_process = cat ${home.at("keys.json")}\n`);
  const { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey } = USER_KEY;
  home.write("keys.json", JSON.stringify({ Version: 1, AccessKeyId, SecretAccessKey }));
  const env = { ...eksEnv({ home, aws }), PATH: Deno.env.get("PATH") ?? "" };
  const lines = [
    ["version"],
    ["aws", "eks", "--help"],
    [...DEV, "--dry-run"],
    [...DEV, "--profile", "asks", "--dry-run"],
    [...DEV, "--assume-role-arn", "arn:aws:iam::123456789012:role/reader", "--dry-run"],
    [...DEV, "--diff"],
    [...DEV, "--name", "x"],
    ["aws", "eks", "update-kubeconfig", "--name", "nope", "--region", "us-east-2"],
    ["aws", "ecr", "login", "--public", "--registry", "123456789012.dkr.ecr.us-east-2.amazonaws.com"],
  ];
  for (const line of lines) {
    const [built, source] = [await run(main, line, env), await run("", line, env)];
    assert.deepEqual(built, source, line.join(" "));
  }
  await findCredentialsFrom(main, home);
  await loginFrom(main);
});

/** What a container or an instance answers is read by a Node half. */
async function findCredentialsFrom(main: string, home: TempHome): Promise<void> {
  const { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey } = USER_KEY;
  const keys = { Code: "Success", AccessKeyId, SecretAccessKey, Token: "t", Expiration: "2100-01-01T00:00:00Z" };
  await using server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, ({ method, url }) => {
    const isRoleList = url.endsWith("/security-credentials/");
    return method === "PUT" || isRoleList ? new Response("text") : Response.json(keys);
  });
  const address = `http://127.0.0.1:${server.addr.port}`;
  const token = ["aws", "eks", "token", "--cluster-name", "c", "--region", "us-east-2", "--no-cache"];
  const sources = { AWS_CONTAINER_CREDENTIALS_FULL_URI: `${address}/keys`, AWS_EC2_METADATA_SERVICE_ENDPOINT: address };
  for (const [name, value] of Object.entries(sources)) {
    const { status, stdout, stderr } = await run(main, token, { ...home.env(), [name]: value });
    assert.equal(status, 0, `${name}: ${stderr}`);
    assert.equal(JSON.parse(stdout).kind, "ExecCredential");
  }
}

/** A browser comes back to the bundle, too. */
async function loginFrom(main: string): Promise<void> {
  if (!hasProgram("curl", "a login by redirect from the bundle")) return;
  await using world = await loginWorld();
  const login = ["--chdir", world.home.at("repo"), "auth", "login"];
  const { status, stderr } = await run(main, login, world.env(fakeBrowser(world).env));
  assert.equal(status, 0, stderr);
  assert.equal(world.aws.count("Authorize"), 1);
}
