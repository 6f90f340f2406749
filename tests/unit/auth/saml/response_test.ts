import { deepEqual, equal, throws } from "node:assert/strict";
import { decodeResponse, parseRoles, readSamlResponse } from "../../../../src/auth/saml/response.ts";
import { Secret } from "../../../../src/secret.ts";
import { NO_ANSWER, READER, SAML_PROVIDER, samlBase64, samlXml, WRITER } from "../../../support/saml/document.ts";

const read = (text: string) => readSamlResponse(new Secret(text));
const OTHER = SAML_PROVIDER.replace("123456789012", "210987654321");

Deno.test("SAML response: roles in either order with any space around, the session's length, the base64 as it came", () => {
  const { assertion, roles, sessionSeconds } = read(samlBase64({ sessionSeconds: 7200 }));
  equal(assertion.reveal(), samlBase64({ sessionSeconds: 7200 }));
  equal(sessionSeconds, 7200);
  deepEqual(roles, [
    { roleArn: READER, principalArn: SAML_PROVIDER },
    { roleArn: WRITER, principalArn: OTHER },
  ]);
});

Deno.test("SAML response: wrapped base64, XML, a BOM, other prefixes, comments and CDATA", () => {
  const roles = read(samlBase64()).roles;
  deepEqual(read(samlBase64().replace(/.{64}/g, "$&\r\n\t")).roles, roles);
  deepEqual(read(samlXml()).roles, roles);
  deepEqual(read(`\uFEFF\n${samlXml()}`).roles, roles);
  deepEqual(read(samlXml().replaceAll("samlp:", "p:").replaceAll("saml:", "")).roles, roles);
  deepEqual(read(samlXml().replace(READER, `<!-- x --><![CDATA[${READER}]]>`)).roles, roles);
  deepEqual(read(samlXml().replace(READER, READER.replace("role", "&#x72;ole"))).roles, roles);
});

Deno.test("SAML response: a length that AWS would not take is none", () => {
  for (const seconds of [899, 43_201, -1, 1.5]) {
    equal(read(samlXml({ sessionSeconds: seconds })).sessionSeconds, undefined);
  }
  equal(read(samlXml()).sessionSeconds, undefined);
});

const encrypted = samlXml().replaceAll("saml:Assertion", "saml:EncryptedAssertion")
  .replace(/<saml:AttributeStatement>.*<\/saml:AttributeStatement>/s, "");
const refusals: readonly (readonly [text: string, found: RegExp])[] = [
  ["", /: it is empty$/],
  [" \n", /: it is empty$/],
  ["not base64!", /neither XML nor the base64 of XML$/],
  [new TextEncoder().encode("hello").toBase64(), /neither XML nor the base64 of XML$/],
  ["<html><body>Log in</body></html>", /XML of another kind$/],
  ['<!DOCTYPE x [<!ENTITY a "b">]><samlp:Response/>', /it has a document type$/],
  [samlXml({ roles: [] }), /contains no AWS role$/],
  [samlXml({ roles: ["x,y", READER, `${READER},${READER}`] }), /contains no AWS role$/],
  [NO_ANSWER, /the identity provider refused: Responder, RequestDenied$/],
  [
    NO_ANSWER.replace("</samlp:Status>", "<samlp:StatusMessage> not you </samlp:StatusMessage></samlp:Status>"),
    /refused: not you$/,
  ],
  [encrypted, /it is encrypted, so that only AWS can read its roles$/],
  ["<" + "a".repeat(80_000), /longer than the 100000 characters that AWS takes$/],
];

for (const [text, message] of refusals) {
  Deno.test(`SAML response: ${JSON.stringify(text.slice(0, 40))} is of no use: ${message}`, () => {
    throws(() => read(text), { code: "login-denied", message });
  });
}

Deno.test("SAML response: of the XML alone the base64 is made", () => {
  const { base64, xml } = decodeResponse(new Secret("<a/>"));
  deepEqual([base64, xml], ["PGEvPg==", "<a/>"]);
});

Deno.test("SAML roles: each pair once; other partitions", () => {
  const china = "arn:aws-cn:iam::123456789012:saml-provider/x,arn:aws-cn:iam::123456789012:role/a/b";
  equal(parseRoles([china, china, `${china} `]).length, 1);
  equal(parseRoles([china])[0]?.roleArn, "arn:aws-cn:iam::123456789012:role/a/b");
});
