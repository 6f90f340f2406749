import { ACCOUNT } from "../standin/keys.ts";

export const SAML_PROVIDER = `arn:aws:iam::${ACCOUNT}:saml-provider/corp`;
export const READER = `arn:aws:iam::${ACCOUNT}:role/reader`;
export const WRITER = `arn:aws:iam::210987654321:role/teams/writer`;
/** What a person's assertion has in it, and nobody may ever print. */
export const ASSERTION_CANARY = "canary-assertion-4711";

export interface SamlDocument {
  /** Pairs as the attribute has them; reader and writer when absent. */
  readonly roles?: readonly string[];
  readonly sessionSeconds?: number;
  readonly audience?: string;
  /** Until when it is good, milliseconds since the epoch; far in the future when absent. */
  readonly until?: number;
}

const PAIRS = [`${READER},${SAML_PROVIDER}`, `${SAML_PROVIDER.replace(ACCOUNT, "210987654321")} , ${WRITER}`];

/** A SAML response as identity providers send it for AWS, without a signature. */
export function samlXml(document: SamlDocument = {}): string {
  const { roles = PAIRS, sessionSeconds, audience = "https://signin.aws.amazon.com/saml" } = document;
  const until = new Date(document.until ?? Date.UTC(2100, 0)).toISOString();
  const attribute = (name: string, values: readonly string[]) =>
    `<saml:Attribute Name="https://aws.amazon.com/SAML/Attributes/${name}">` +
    `${values.map((one) => `<saml:AttributeValue>${one}</saml:AttributeValue>`).join("\n")}</saml:Attribute>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">
  <samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>
  <saml:Assertion ID="${ASSERTION_CANARY}">
    <saml:Conditions NotOnOrAfter="${until}"><saml:AudienceRestriction><saml:Audience>${audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions>
    <saml:AttributeStatement>${attribute("RoleSessionName", ["ada"])}${attribute("Role", roles)}${
    sessionSeconds === undefined ? "" : attribute("SessionDuration", [String(sessionSeconds)])
  }</saml:AttributeStatement>
  </saml:Assertion>
</samlp:Response>
`;
}

export function samlBase64(document: SamlDocument = {}): string {
  return new TextEncoder().encode(samlXml(document)).toBase64();
}

export const NO_ANSWER = `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"><samlp:Status>
<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Responder">
<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:RequestDenied"/></samlp:StatusCode></samlp:Status></samlp:Response>`;
