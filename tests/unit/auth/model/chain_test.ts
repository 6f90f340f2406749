import { deepEqual, equal, throws } from "node:assert/strict";
import { buildChain, longChain } from "../../../../src/auth/model/chain.ts";
import { SSO_AND_DEV, validated } from "../../../support/config/auth_texts.ts";
import { refusal } from "../../../support/terminal/refusal.ts";

const ROLE = 'principal: {assume_role: "arn:aws:iam::123456789012:role/x"}';
const CONFIG = `${SSO_AND_DEV}    Ops: {kind: aws/assume-role, via: {identity: DEV}, ${ROLE}}
    deep: {kind: aws/assume-role, via: {identity: ops}, ${ROLE}}
    runner: {kind: aws/ambient}
    from-runner: {kind: aws/assume-role, via: {identity: runner}, ${ROLE}}
    lost: {kind: aws/assume-role, via: {identity: nobody}, ${ROLE}}
    behind-lost: {kind: aws/assume-role, via: {identity: lost}, ${ROLE}}
    a: {kind: aws/assume-role, via: {identity: b}, ${ROLE}}
    b: {kind: aws/assume-role, via: {identity: a}, ${ROLE}}
    elsewhere: {kind: gcp/service-account}
`;
const { model } = await validated(CONFIG);

Deno.test("chainOf: from the provider to the target, names in any case", () => {
  const chain = buildChain(model, "DEEP");
  equal(chain.provider?.name, "sso");
  deepEqual(chain.identities.map(({ name }) => name), ["dev", "Ops", "deep"]);
});

Deno.test("chainOf: for all identities in turn, the model is gone through once", () => {
  let rounds = 0;
  const identities = new Map(model.identities);
  const entries = identities[Symbol.iterator].bind(identities);
  identities[Symbol.iterator] = () => (rounds++, entries());
  for (const name of ["dev", "DEV", "Ops", "deep", "runner"]) buildChain({ ...model, identities }, name);
  deepEqual(rounds, 1);
});

Deno.test("chainOf: an identity that needs no provider begins its chain", () => {
  const chain = buildChain(model, "from-runner");
  equal(chain.provider, undefined);
  deepEqual(chain.identities.map(({ name }) => name), ["runner", "from-runner"]);
});

Deno.test("chainOf: an unknown identity is told with the nearest names", () => {
  throws(
    () => buildChain(model, "oops"),
    refusal({
      code: "identity-not-found",
      message: 'Cannot use identity "oops": there is no identity of that name, did you mean "Ops"?',
      hint: "List them: atmos auth list",
    }),
  );
});

Deno.test("chainOf: a broken link anywhere is told with its place, a circle as a chain", () => {
  const dangling = /^Cannot use identity "behind-lost": auth\.identities\.lost\.via\.identity: found "nobody"/;
  throws(() => buildChain(model, "behind-lost"), { code: "config-invalid", message: dangling });
  throws(() => buildChain(model, "b"), { code: "config-invalid", message: /circular: a -> b -> a/ });
  throws(() => buildChain(model, "elsewhere"), { code: "kind-unknown", message: /not supported by this build/ });
});

Deno.test("chainOf: a circle that nobody noticed before is refused as well", () => {
  const ops = model.identities.get("Ops")!;
  const loop = { ...ops, via: { provider: undefined, identity: "Ops" } } as typeof ops;
  throws(() => buildChain({ ...model, identities: new Map([["Ops", loop]]) }, "ops"), {
    message: 'Cannot use identity "Ops": its chain is circular: Ops -> Ops',
  });
});

Deno.test("chainOf: a broken realm stops everything, a broken provider only what needs it", async () => {
  const realm = (await validated(`${CONFIG.replace("auth:\n", "auth:\n  realm: A B\n")}`)).model;
  throws(() => buildChain(realm, "runner"), { code: "config-invalid", message: /auth\.realm: found "A B"/ });
  const provider = (await validated(CONFIG.replace("region: us-east-1", "region: nowhere"))).model;
  equal(buildChain(provider, "runner").identities.length, 1);
  throws(() => buildChain(provider, "dev"), { code: "config-invalid", message: /auth\.providers\.sso\.region/ });
});

const NAMES = Array.from({ length: 1000 }, (_, at) => `n${at}`);

Deno.test("longChain: few names are all there, of many only the ends", () => {
  equal(longChain(["a", "b", "a"]), "a -> b -> a");
  equal(longChain(NAMES.slice(0, 13)).split(" -> ").length, 13);
  const long = longChain(NAMES);
  equal(long.startsWith("n0 -> n1 -> "), true);
  equal(long.endsWith(" -> n10 -> (988 more) -> n999"), true);
});
