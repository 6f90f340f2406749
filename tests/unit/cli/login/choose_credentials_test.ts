import { deepEqual, equal, rejects, throws } from "node:assert/strict";
import { readAuth } from "../../../../src/auth/model/read_auth.ts";
import { chooseCredentials } from "../../../../src/cli/login/choose_credentials.ts";
import { type ClaimsInput, describeClaim, listClaims } from "../../../../src/cli/login/credential_claims.ts";
import { locatedFrom } from "../../../support/config/located_from.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";

const AMBIENT = "kind: aws/ambient";

/** All that can say whose credentials are meant, in order, the strongest first; the last one always does. */
const SOURCES = [
  "--identity",
  "ATMOS_IDENTITY",
  "AWS_ACCESS_KEY_ID",
  "AWS_PROFILE",
  "default",
  "AWS CLI",
] as const;
type Source = typeof SOURCES[number];

interface Given extends Omit<ClaimsInput, "globals"> {
  readonly identity?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The auth section; undefined where there is no configuration. */
  readonly auth?: string | undefined;
}

/** The choice, and how often the configuration was loaded for it. */
async function choose({ identity, env = {}, auth, ...flags }: Given) {
  const host = fakeHost({ env });
  const claims = listClaims(host, { globals: { identity: identity ?? env["ATMOS_IDENTITY"] }, ...flags });
  let loads = 0;
  const load = async () => {
    loads++;
    return { model: (await readAuth(auth === undefined ? undefined : locatedFrom(auth))).model };
  };
  const { taken } = await chooseCredentials(fakeHost(), {
    claims,
    isConfigured: () => Promise.resolve(auth !== undefined),
    load,
  });
  return { taken, loads };
}

/** With these sources and no others. */
function given(sources: readonly Source[], isWithoutIdentities = false): Given {
  const has = (source: Source) => sources.includes(source);
  return {
    ...(has("--identity") ? { identity: "flag" } : {}),
    env: {
      ...(has("ATMOS_IDENTITY") ? { ATMOS_IDENTITY: "variable" } : {}),
      ...(has("AWS_ACCESS_KEY_ID") ? { AWS_ACCESS_KEY_ID: "AKIA", AWS_SECRET_ACCESS_KEY: "s" } : {}),
      ...(has("AWS_PROFILE") ? { AWS_PROFILE: "team" } : {}),
    },
    auth: has("default")
      ? `identities: {dev: {${AMBIENT}, default: true}, other: {${AMBIENT}}}`
      : isWithoutIdentities
      ? "realm: test"
      : undefined,
  };
}

/** Every set of some of them, with the last one. */
function subsets(): readonly (readonly Source[])[] {
  const optional = SOURCES.slice(0, -1);
  return Array.from({ length: 2 ** optional.length }, (_, bits) => [
    ...optional.filter((_, at) => (bits >> at) & 1),
    "AWS CLI" as const,
  ]);
}

Deno.test("whose credentials: of any set of sources the strongest one, and atmos.yaml is loaded only where it decides", async () => {
  equal(subsets().length, 32);
  for (const sources of subsets()) {
    for (const isWithoutIdentities of [false, true]) {
      const { taken, loads } = await choose(given(sources, isWithoutIdentities));
      const [strongest] = sources;
      equal(taken.by, strongest, sources.join(", "));
      const isIdentity = ["--identity", "ATMOS_IDENTITY", "default"].includes(strongest!);
      equal(taken.kind, isIdentity ? "identity" : "aws");
      const isLoaded = isIdentity || (strongest === "AWS CLI" && isWithoutIdentities);
      equal(loads, isLoaded ? 1 : 0, sources.join(", "));
    }
  }
});

Deno.test("whose credentials: --profile, --no-identity and --identity=false win over every variable and atmos.yaml", async () => {
  for (const sources of subsets().filter((one) => !one.includes("--identity"))) {
    const { taken } = await choose({ ...given(sources), profile: "flag" });
    deepEqual(taken, { kind: "aws", name: "flag", by: "--profile" });
    for (const none of [{ hasNoIdentity: true }, { identity: "false" }, { identity: "OFF" }]) {
      const { taken, loads } = await choose({ ...given(sources), ...none });
      deepEqual([taken.kind, taken.by, loads], ["aws", "no identity", 0]);
    }
  }
  const byVariable = await choose({ ...given(["default"]), env: { ATMOS_IDENTITY: "no" } });
  equal(byVariable.taken.by, "no identity");
  equal((await choose({ ...given(["default"]), identity: "false", profile: "p" })).taken.by, "--profile");
});

Deno.test("whose credentials: --identity and --profile exclude each other; a variable is neither", () => {
  const claims = (identity: string, env = {}) =>
    listClaims(fakeHost({ env }), { globals: { identity }, profile: "team" });
  throws(() => claims("dev"), { code: "usage", message: /--identity dev and --profile team: they exclude/ });
  throws(() => claims(""), { code: "usage" });
  equal(claims("dev", { ATMOS_IDENTITY: "dev" })[0]!.by, "--profile");
});

Deno.test("whose credentials: half of a pair of keys is the environment's, and no identity's instead", async () => {
  for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]) {
    const { taken, loads } = await choose({ ...given(["default"]), env: { [name]: "x" } });
    deepEqual([taken.by, loads], ["AWS_ACCESS_KEY_ID", 0]);
  }
});

Deno.test("whose credentials: inside a shell of an identity that is configured elsewhere, the shell's own", async () => {
  const env = {
    HOME: "/home/me",
    ATMOS_IDENTITY: "Dev",
    AWS_PROFILE: "dev",
    AWS_SHARED_CREDENTIALS_FILE: "/home/me/.config/atmos/realm/aws/sso/credentials",
  };
  equal((await choose({ env })).taken.by, "AWS_PROFILE");
  equal((await choose({ env, auth: "realm: test" })).taken.by, "AWS_PROFILE");
  equal((await choose({ env, auth: `identities: {dev: {${AMBIENT}}}` })).taken.by, "ATMOS_IDENTITY");
  equal((await choose({ env: { ...env, AWS_PROFILE: "team" } })).taken.by, "ATMOS_IDENTITY");
  equal((await choose({ env: { AWS_PROFILE: "dev" }, identity: "dev" })).taken.by, "--identity");
  const others = [
    { AWS_ACCESS_KEY_ID: "AKIA" },
    { AWS_SECRET_ACCESS_KEY: "s" },
    { AWS_SHARED_CREDENTIALS_FILE: "" },
    { AWS_SHARED_CREDENTIALS_FILE: "/home/me/.aws/credentials" },
    { AWS_SHARED_CREDENTIALS_FILE: "/home/me/elsewhere/.config/atmos/realm/aws/sso/credentials" },
  ];
  for (const other of others) {
    const { taken } = await choose({ env: { ...env, ...other } });
    equal(taken.by, "ATMOS_IDENTITY", `not the shell's own, but ${JSON.stringify(other)}`);
  }
});

Deno.test("whose credentials: the default, broken or not, the only one, none of several; never one of two defaults", async () => {
  const taken = async (auth: string) => (await choose({ auth })).taken;
  deepEqual(await taken("identities: {dev: {kind: none, default: true}, other: {kind: aws/ambient}}"), {
    kind: "identity",
    name: "dev",
    by: "default",
  });
  equal((await taken(`identities: {dev: {${AMBIENT}}}`)).by, "only");
  equal((await taken(`identities: {dev: {${AMBIENT}}, other: {${AMBIENT}}}`)).by, "AWS CLI");
  await rejects(
    taken(`identities: {dev: {${AMBIENT}, default: true}, other: {${AMBIENT}, default: true}}`),
    { code: "identity-not-found", message: /several identities are the default/ },
  );
  await rejects(taken("identities: [dev]"), { code: "config-invalid" });
});

Deno.test("whose credentials: each claim has words that name it and what says so", () => {
  const host = fakeHost({
    env: { ATMOS_IDENTITY: "dev", AWS_ACCESS_KEY_ID: "AKIA", AWS_SECRET_ACCESS_KEY: "s", AWS_PROFILE: "team" },
  });
  deepEqual(listClaims(host, { globals: { identity: "prod" } }).map(describeClaim), [
    'identity "prod" (--identity)',
    'identity "dev" (ATMOS_IDENTITY)',
    "access key AKIA (AWS_ACCESS_KEY_ID)",
    'AWS profile "team" (AWS_PROFILE)',
  ]);
});
