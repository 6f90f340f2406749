import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { findRoute } from "../../src/host/net/proxy.ts";
import { type Standin, startStandin } from "../support/standin/aws_standin.ts";
import { type ClientOutcome, runClient } from "../support/standin/client.ts";
import { keyEnv, USER_KEY } from "../support/standin/keys.ts";
import { startProxy } from "../support/standin/proxy.ts";
import { makeAuthority, type TestAuthority } from "../support/standin/tls.ts";
import { type TempHome, tempHome } from "../support/machine/temp_home.ts";
import { renderRemedy } from "../../src/cli/output/remedy.ts";

const probe = tempHome();
const hasOpenssl = makeAuthority(probe.path) !== undefined;
probe[Symbol.dispose]();
if (!hasOpenssl) console.log("SKIP aws_network_test (TLS and proxy): there is no openssl on PATH");

interface World {
  readonly home: TempHome;
  readonly authority: TestAuthority;
  readonly tlsPort: number;
  readonly standin: Standin;
  run(env: Record<string, string>, net: string): Promise<ClientOutcome>;
}

/** Only `net` is allowed, as in a build that is narrower still than the usual one. */
function test(name: string, fn: (world: World) => Promise<void>): void {
  Deno.test({
    name: `network: ${name}`,
    ignore: !hasOpenssl,
    async fn() {
      using home = tempHome();
      const authority = makeAuthority(home.path)!;
      const [cert, key] = [authority.certPath, authority.keyPath].map((path) => Deno.readTextFileSync(path));
      await using standin = await startStandin({ tls: { cert: cert!, key: key! } });
      const run = (env: Record<string, string>, net: string) =>
        runClient({ region: "us-east-2", name: "dev-cluster" }, {
          env: home.env({ ...keyEnv(USER_KEY), AWS_MAX_ATTEMPTS: "2", ...env }),
          flags: ["--no-prompt", "--allow-read", "--allow-env", `--allow-net=${net}`],
        });
      await fn({ home, authority, standin, tlsPort: Number(new URL(standin.url).port), run });
    },
  });
}

test("AWS_CA_BUNDLE makes a private authority trusted", async ({ authority, tlsPort, run }) => {
  const AWS_ENDPOINT_URL = `https://localhost:${tlsPort}`;
  const untrusted = await run({ AWS_ENDPOINT_URL }, `localhost:${tlsPort}`);
  assert.equal(untrusted.error?.code, "unreachable");
  assert.match(untrusted.error?.message ?? "", /TLS certificate is not trusted \(UnknownIssuer\)/);
  assert.match(renderRemedy({}, untrusted.error), /AWS_CA_BUNDLE/);
  const trusted = await run({ AWS_ENDPOINT_URL, AWS_CA_BUNDLE: authority.caPath }, `localhost:${tlsPort}`);
  assert.equal(trusted.cluster?.name, "dev-cluster", trusted.printed);
});

const PROFILES: readonly (readonly [string, string, string])[] = [
  ["a role", "role_arn = arn:aws:iam::123456789012:role/reader\nsource_profile = base\n", "AssumeRole"],
  [
    "a login",
    "sso_start_url = https://corp.awsapps.com/start\nsso_region = us-east-2\nsso_account_id = 123456789012\n" +
    "sso_role_name = Admin\n",
    "GetRoleCredentials",
  ],
];

for (const [says, lines, action] of PROFILES) {
  test(`the credentials of ${says} come over the same connections, with AWS_CA_BUNDLE`, async (world) => {
    const { home, authority, tlsPort, run, standin } = world;
    const [id, secret] = [USER_KEY.accessKeyId, USER_KEY.secretAccessKey];
    home.write(".aws/credentials", `[base]\naws_access_key_id = ${id}\naws_secret_access_key = ${secret}\n`);
    home.write(".aws/config", `[profile dev]\n${lines}`);
    const cached = createHash("sha1").update("https://corp.awsapps.com/start").digest("hex");
    const token = { accessToken: "good", expiresAt: new Date(Date.now() + 3_600_000).toISOString() };
    home.write(`.aws/sso/cache/${cached}.json`, JSON.stringify(token));
    const env = { AWS_ENDPOINT_URL: `https://localhost:${tlsPort}`, AWS_CA_BUNDLE: authority.caPath };
    const keyless = { AWS_ACCESS_KEY_ID: "", AWS_SECRET_ACCESS_KEY: "", AWS_PROFILE: "dev" };
    const outcome = await run({ ...env, ...keyless }, `localhost:${tlsPort}`);
    assert.equal(outcome.cluster?.name, "dev-cluster", outcome.printed);
    assert.deepEqual(standin.calls.map((call) => call.action), [action, "DescribeCluster"]);
  });
}

test("HTTPS_PROXY is used with only the target allowed, and NO_PROXY is heard", async ({ authority, tlsPort, run }) => {
  await using proxy = await startProxy(tlsPort);
  const env = {
    AWS_ENDPOINT_URL: `https://localhost:${tlsPort}`,
    AWS_CA_BUNDLE: authority.caPath,
    HTTPS_PROXY: proxy.url,
  };
  const through = await run(env, `localhost:${tlsPort}`);
  assert.equal(through.cluster?.name, "dev-cluster", through.printed);
  assert.deepEqual(proxy.asked, [`CONNECT localhost:${tlsPort}`]);
  const around = await run({ ...env, NO_PROXY: "localhost" }, `localhost:${tlsPort}`);
  assert.equal(around.cluster?.name, "dev-cluster", around.printed);
  assert.equal(proxy.asked.length, 1);
});

test("a proxy resolves names that this machine cannot", async ({ authority, tlsPort, run }) => {
  await using proxy = await startProxy(tlsPort);
  const env = {
    AWS_ENDPOINT_URL: "https://eks.private.invalid",
    AWS_CA_BUNDLE: authority.caPath,
    HTTPS_PROXY: proxy.url,
  };
  const { error } = await run(env, "eks.private.invalid");
  assert.deepEqual(proxy.asked, ["CONNECT eks.private.invalid:443"]);
  assert.match(error?.message ?? "", /TLS certificate is not trusted \(certificate not valid for name "eks/);
});

test("a proxy that fails is the one that is blamed, without its password", async ({ tlsPort, run }) => {
  using closed = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const port = (closed.addr as Deno.NetAddr).port;
  closed.close();
  const AWS_ENDPOINT_URL = `https://localhost:${tlsPort}`;
  const proxies: readonly (readonly [string, string, RegExp])[] = [
    [
      `http://me:canary@127.0.0.1:${port}`,
      "unreachable",
      /proxy http:\/\/127\.0\.0\.1:\d+ of HTTPS_PROXY: connection refused/,
    ],
    [
      `socks5://127.0.0.1:${port}`,
      "host-not-allowed",
      /may not connect to 127\.0\.0\.1:\d+, the proxy of HTTPS_PROXY$/,
    ],
    ["http://[::1", "config-invalid", /proxy http:\/\/\[::1 of HTTPS_PROXY: it is not the URL of a proxy/],
    [
      "socks4://me:canary@h:1",
      "config-invalid",
      /proxy socks4:\/\/h:1 of HTTPS_PROXY: socks4 proxies are not supported/,
    ],
  ];
  for (const [HTTPS_PROXY, code, message] of proxies) {
    const { error, printed } = await run({ AWS_ENDPOINT_URL, HTTPS_PROXY }, `localhost:${tlsPort}`);
    assert.equal(error?.code, code, printed);
    assert.match(error?.message ?? "", message);
    assert.match(renderRemedy({}, error), /unset HTTPS_PROXY, or add localhost to NO_PROXY|--allow-host 127\.0\.0\.1$/);
    assert.ok(!printed.includes("canary"), printed);
  }
});

test("a proxy that refuses the tunnel", async ({ tlsPort, run }) => {
  const says = ["407 Proxy Authentication Required", "403 Forbidden"];
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const served = (async () => {
    for await (const one of listener) {
      await one.read(new Uint8Array(4096));
      await one.write(new TextEncoder().encode(`HTTP/1.1 ${says[0]}\r\n\r\n`));
      one.close();
    }
  })();
  const HTTPS_PROXY = `http://127.0.0.1:${(listener.addr as Deno.NetAddr).port}`;
  const env = { AWS_ENDPOINT_URL: `https://localhost:${tlsPort}`, HTTPS_PROXY };
  const asking = await run(env, `localhost:${tlsPort}`);
  says.shift();
  const refusing = await run(env, `localhost:${tlsPort}`);
  listener.close();
  await served;
  assert.match(asking.error?.message ?? "", /of HTTPS_PROXY: it asks for a user and a password$/);
  assert.match(refusing.error?.message ?? "", /of HTTPS_PROXY: it will not connect to the host$/);
});

// What the runtime does with these settings is what we say about them.
const SETTINGS: readonly (readonly [Record<string, string>, boolean])[] = [
  [{ HTTPS_PROXY: "PROXY" }, true],
  [{ https_proxy: "PROXY" }, true],
  [{ ALL_PROXY: "PROXY", HTTPS_PROXY: "http://127.0.0.1:2" }, true],
  [{ HTTP_PROXY: "PROXY" }, false],
  [{ HTTPS_PROXY: "PROXY", NO_PROXY: "*" }, false],
  [{ HTTPS_PROXY: "PROXY", NO_PROXY: "x,localhost" }, false],
  [{ HTTPS_PROXY: "PROXY", NO_PROXY: ".localhost" }, false],
  [{ HTTPS_PROXY: "PROXY", NO_PROXY: "ocalhost" }, true],
  [{ HTTPS_PROXY: "PROXY", NO_PROXY: "", no_proxy: "x" }, true],
  [{ HTTPS_PROXY: "PROXY", NO_PROXY: "localhost:1" }, true],
  // Forms that the runtime does not know: we go around its proxy.
  [{ HTTPS_PROXY: "PROXY", NO_PROXY: "*ocalhost" }, false],
  [{ HTTPS_PROXY: "PROXY", NO_PROXY: "x localhost" }, false],
  [{ HTTPS_PROXY: "PROXY", NO_PROXY: "LOCALHOST:PORT" }, false],
  [{ ALL_PROXY: "PROXY", no_proxy: "*:PORT" }, false],
];

test("the runtime takes the proxies that we take it to take", async ({ authority, tlsPort, run }) => {
  for (const [settings, proxied] of SETTINGS) {
    await using proxy = await startProxy(tlsPort);
    const set = Object.fromEntries(
      Object.entries(settings).map((
        [key, value],
      ) => [key, value.replace("PROXY", proxy.url).replace("PORT", `${tlsPort}`)]),
    );
    const url = `https://localhost:${tlsPort}`;
    const route = findRoute(new URL(url), (name) => set[name] || undefined);
    assert.equal(route.kind === "proxy" ? route.proxy.address : undefined, proxied ? proxy.url : undefined);
    const { printed, cluster } = await run(
      { AWS_ENDPOINT_URL: url, AWS_CA_BUNDLE: authority.caPath, ...set },
      `localhost:${tlsPort}`,
    );
    assert.equal(proxy.asked.length, proxied ? 1 : 0, `${JSON.stringify(settings)} ${printed}`);
    assert.equal(cluster?.name, "dev-cluster", `${JSON.stringify(settings)} ${printed}`);
  }
});

test("http spoken where TLS is expected", async ({ run }) => {
  await using standin = await startStandin();
  const url = new URL(standin.url);
  const { error } = await run({ AWS_ENDPOINT_URL: `https://${url.host}` }, url.host);
  assert.equal(error?.code, "unreachable");
  assert.match(error?.message ?? "", /TLS failed/);
});

test("a host that is not allowed is not asked for", async ({ tlsPort, run }) => {
  const { error } = await run({ AWS_ENDPOINT_URL: `https://localhost:${tlsPort}` }, "127.0.0.1:1");
  assert.equal(error?.code, "host-not-allowed");
  assert.match(error?.message ?? "", new RegExp(`this program may not connect to localhost:${tlsPort}$`));
  assert.match(renderRemedy({}, error), /deno task compile --allow-host localhost$/);
});

test("a name that does not resolve", async ({ run }) => {
  const { error } = await run({ AWS_ENDPOINT_URL: "http://eks.no-such-name.invalid" }, "eks.no-such-name.invalid");
  assert.equal(error?.code, "unreachable");
  assert.match(error?.message ?? "", /eks\.no-such-name\.invalid:80: the name does not resolve \(2 attempts\)/);
});

// What the SDK looks up by itself however it is configured: nothing that steers a call outside of Lambda.
const SDK_ENV = [
  "AWS_LAMBDA_NODEJS_NO_GLOBAL_AWSLAMBDA",
  "AWS_LAMBDA_BENCHMARK_MODE",
  "AWS_LAMBDA_FUNCTION_NAME",
  "AWS_LAMBDA_MAX_CONCURRENCY",
  "AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED",
  "AWS_ENABLE_DEFAULT_SOCKET_TIMEOUT_2026",
  "_X_AMZN_TRACE_ID",
];
const OWN_ENV = [
  "HOME,USERPROFILE,AWS_PROFILE,AWS_DEFAULT_PROFILE,AWS_DEFAULT_OUTPUT,AWS_CONFIG_FILE,AWS_SHARED_CREDENTIALS_FILE,AWS_CA_BUNDLE,AWS_MAX_ATTEMPTS",
  "AWS_RETRY_MODE,AWS_USE_FIPS_ENDPOINT,AWS_USE_DUALSTACK_ENDPOINT,AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
  "AWS_ENDPOINT_URL,AWS_ENDPOINT_URL_EKS,AWS_ENDPOINT_URL_STS,AWS_ENDPOINT_URL_SSO,AWS_ENDPOINT_URL_SSO_OIDC",
  "AWS_ENDPOINT_URL_ECR,AWS_ENDPOINT_URL_ECR_PUBLIC,AWS_ENDPOINT_URL_SIGNIN,AWS_ENDPOINT_URL_ACCOUNT",
  "AWS_ACCESS_KEY_ID,AWS_SECRET_ACCESS_KEY,AWS_SESSION_TOKEN,AWS_CREDENTIAL_EXPIRATION",
];

Deno.test("network: a call needs its one host, these variables, no file and nothing about the system", async () => {
  await using standin = await startStandin();
  const allowed = [`--allow-net=${new URL(standin.url).host}`, `--allow-env=${[...SDK_ENV, ...OWN_ENV].join(",")}`];
  const input = { region: "us-east-2", name: "dev-cluster", assumeRoleArn: "arn:aws:iam::123456789012:role/reader" };
  const env = { ...keyEnv(USER_KEY), AWS_ENDPOINT_URL: standin.url };
  const { cluster, printed } = await runClient(input, { env, flags: ["--no-prompt", ...allowed] });
  assert.equal(cluster?.name, "dev-cluster", printed);
});
