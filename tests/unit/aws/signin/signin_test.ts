import { deepEqual, equal, match, rejects, throws } from "node:assert/strict";
import { EmbeddedJWK, jwtVerify } from "jose";
import { makeProofKey, provePost } from "../../../../src/aws/signin/proof_key.ts";
import { redeem } from "../../../../src/aws/signin/redeem.ts";
import { CLIENTS, findSignInService, renderSignInPage } from "../../../../src/aws/signin/sign_in_page.ts";
import type { AwsSettings } from "../../../../src/aws/shared_config/settings.ts";
import { encodeUtf8 } from "../../../../src/formats/text/utf8.ts";
import { ALLOWED_HOSTS } from "../../../../src/host/process/allowed.ts";
import { Secret } from "../../../../src/secret.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";

const NOW = Date.UTC(2026, 6, 1);
const SETTINGS = { endpoints: {} } as unknown as AwsSettings;
const PLACE = { region: "eu-west-3", settings: SETTINGS };
const FORM = { client_id: CLIENTS.here, grant_type: "refresh_token", refresh_token: "r" };

/** A host whose clock stands, and whose random bytes differ. */
function host(answers: readonly { readonly status: number; readonly body: unknown }[] = []) {
  let count = 0;
  const net = answers.map(({ status, body }) => ({ status, headers: {}, body: encodeUtf8(JSON.stringify(body)) }));
  const made = fakeHost({ net: net as never });
  const random = { ...made.random, bytes: (length: number) => new Uint8Array(length).fill(++count) };
  return { ...made, clock: { ...made.clock, now: () => NOW }, random };
}

Deno.test("sign-in proof: another implementation verifies it with the public key that it carries, and nothing private", async () => {
  const key = await makeProofKey();
  const url = "https://eu-west-3.signin.aws.amazon.com/v1/token";
  const on = host();
  const [first, second] = [await provePost(on, { key, url }), await provePost(on, { key, url })];
  const proofs = await Promise.all(
    [first, second].map((proof) =>
      jwtVerify(proof!, EmbeddedJWK, { typ: "dpop+jwt", algorithms: ["ES256"], currentDate: new Date(NOW) })
    ),
  );
  const [{ payload, protectedHeader }, next] = proofs as [typeof proofs[0], typeof proofs[0]];
  deepEqual({ ...payload, jti: "" }, { jti: "", htm: "POST", htu: url, iat: NOW / 1000 });
  deepEqual(Object.keys(protectedHeader.jwk!).sort(), ["crv", "kty", "x", "y"]);
  equal(payload.jti === next.payload.jti, false);
  deepEqual(protectedHeader.jwk, next.protectedHeader.jwk);
});

Deno.test("sign-in proof: what is no key proves nothing, and asks nothing", async () => {
  for (const text of ["", "AAAA", "no base64", btoa("x".repeat(138))]) {
    equal(await provePost(host(), { key: new Secret(text), url: "https://x/" }), undefined);
    const on = host();
    const redeemed = await redeem(on, { ...PLACE, form: FORM, proofKey: new Secret(text) });
    deepEqual([redeemed.kind, on.seen.requests.length], ["refused", 0]);
  }
});

Deno.test("sign-in service: of each partition, at a host that the program may call", () => {
  const hosts = {
    "us-east-1": "us-east-1.signin.aws.amazon.com",
    "eu-west-3": "eu-west-3.signin.aws.amazon.com",
    "us-gov-west-1": "us-gov-west-1.signin.amazonaws-us-gov.com",
    "cn-north-1": "cn-north-1.signin.amazonaws.cn",
    "us-iso-east-1": "signin.us-iso-east-1.c2s.ic.gov",
    "eusc-de-east-1": "signin.eusc-de-east-1.amazonaws.eu",
  };
  for (const [region, name] of Object.entries(hosts)) {
    equal(findSignInService({ region, settings: SETTINGS }), `https://${name}`);
    equal(ALLOWED_HOSTS.some((one) => one === name || (one[0] === "*" && name.endsWith(one.slice(1)))), true, name);
  }
  const own = { endpoints: { signin: "http://127.0.0.1:1/x/" } } as unknown as AwsSettings;
  equal(findSignInService({ region: "us-iso-east-1", settings: own }), "http://127.0.0.1:1/x");
  const evil = { endpoints: { signin: "http://example.com" } } as unknown as AwsSettings;
  const page = {
    client: CLIENTS.here,
    redirectUri: "http://127.0.0.1:1/oauth/callback",
    state: new Secret("s"),
    challenge: "c",
  };
  throws(() => renderSignInPage({ region: "eu-west-3", settings: evil, ...page }), { code: "login-denied" });
  match(
    renderSignInPage({ ...PLACE, ...page }),
    /^https:\/\/eu-west-3\.signin\.aws\.amazon\.com\/v1\/authorize\?client_id=/,
  );
});

Deno.test("sign-in token: answers to a form and to JSON are read alike", async () => {
  const keys = ["A", "S", "T"];
  const [accessKeyId, secretAccessKey, sessionToken] = keys;
  const forms = [
    {
      access_token: { access_key_id: keys[0], secret_access_key: keys[1], session_token: keys[2] },
      expires_in: 900,
      refresh_token: "next",
    },
    { accessToken: { accessKeyId, secretAccessKey, sessionToken }, expiresIn: 900, refreshToken: "next" },
  ];
  for (const body of forms) {
    const redeemed = await redeem(host([{ status: 200, body }]), {
      ...PLACE,
      form: FORM,
      proofKey: await makeProofKey(),
    });
    if (redeemed.kind !== "granted") throw new Error("refused");
    const { credentials, refreshToken } = redeemed;
    deepEqual(
      [credentials.accessKeyId, credentials.secretAccessKey.reveal(), credentials.sessionToken?.reveal()],
      keys,
    );
    deepEqual([credentials.expiration, refreshToken?.reveal()], [NOW + 900_000, "next"]);
  }
});

Deno.test("sign-in token: refusals say whether it is over; what is no answer is an error", async () => {
  const proofKey = await makeProofKey();
  const said = async (status: number, body: unknown) => {
    const redeemed = await redeem(host([{ status, body }]), { ...PLACE, form: FORM, proofKey });
    return redeemed.kind === "refused" ? [redeemed.error, redeemed.isOver] : redeemed.kind;
  };
  deepEqual(await said(400, { error: "invalid_grant" }), ["invalid_grant", true]);
  deepEqual(await said(403, { error: "TOKEN_EXPIRED", message: "m" }), ["TOKEN_EXPIRED", true]);
  deepEqual(await said(403, { error: "USER_CREDENTIALS_CHANGED" }), ["USER_CREDENTIALS_CHANGED", true]);
  deepEqual(await said(403, { error: "INSUFFICIENT_PERMISSIONS" }), ["INSUFFICIENT_PERMISSIONS", false]);
  deepEqual(await said(400, { error: "\x1b[31m" }), ["status 400", false]);
  deepEqual(await said(404, "x"), ["status 404", false]);
  const access = { access_key_id: "A", secret_access_key: "S", session_token: "T" };
  const broken: readonly (readonly [number, unknown])[] = [
    [500, {}],
    [429, { error: "INVALID_REQUEST" }],
    [200, {}],
    [200, "text"],
    [200, { access_token: "text", expires_in: 900 }],
    [200, { access_token: { ...access, session_token: "" }, expires_in: 900 }],
    [200, { access_token: access }],
    [200, { access_token: access, expires_in: -1 }],
  ];
  for (const [status, body] of broken) await rejects(said(status, body), { code: "unreachable" });
});
