import { equal, match, notEqual } from "node:assert/strict";
import { makeCodeChallenge, randomText } from "../../../../src/auth/sso/pkce.ts";
import { fakeHost } from "../../../support/host/fake_host.ts";

// https://datatracker.ietf.org/doc/html/rfc7636#appendix-B
const OCTETS = [
  ...[116, 24, 223, 180, 151, 153, 224, 37, 79, 250, 96, 125, 216, 173, 187, 186],
  ...[22, 212, 37, 77, 105, 214, 191, 240, 91, 88, 5, 88, 83, 132, 141, 121],
];

Deno.test("code proof: the example of RFC 7636", async () => {
  const random = { fraction: () => 0, bytes: (length: number) => Uint8Array.from(OCTETS).slice(0, length) };
  const { verifier, challenge } = await makeCodeChallenge({ random });
  equal(verifier.reveal(), "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
  equal(challenge, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
  equal(`${verifier}`, "[secret]");
});

Deno.test("code proof: 43 characters, other ones every time", () => {
  let at = 0;
  const random = { fraction: () => 0, bytes: (length: number) => new Uint8Array(length).fill(at++) };
  const [one, other] = [randomText({ random }).reveal(), randomText({ random }).reveal()];
  match(one, /^[\w-]{43}$/);
  notEqual(one, other);
  equal(randomText(fakeHost()).reveal().length, 43);
});
