import { Secret } from "../../secret.ts";
import { decodeResponse } from "./decode_response.ts";
import { readResponseXml } from "./read_response_xml.ts";
import { refusedResponse } from "./refused_response.ts";
import { rolesOf, type SamlRole } from "./saml_role.ts";

/** What an identity provider says about a person, for AWS. */
export interface SamlResponse {
  /** The base64 that AWS takes. */
  readonly assertion: Secret;
  /** The roles that the person may choose from. */
  readonly roles: readonly SamlRole[];
  /** How long the identity provider wants the session to last; undefined when it does not say. */
  readonly sessionSeconds: number | undefined;
}

const ROLE = "https://aws.amazon.com/SAML/Attributes/Role";
const SESSION = "https://aws.amazon.com/SAML/Attributes/SessionDuration";

/**
 * A SAML response out of its base64 or its XML. Its signature is for AWS to check. AppError "login-denied" for what is
 * no response, for one that says no, and for one without a role.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_providers_create_saml_assertions.html
 */
export function readSamlResponse(given: Secret): SamlResponse {
  const { base64, xml } = decodeResponse(given);
  const { status, encrypted, attributes } = readResponseXml(xml);
  if (status !== undefined) throw refusedResponse(`the identity provider says no: ${status}`);
  if (encrypted) throw refusedResponse("it is encrypted, so that only AWS can read its roles");
  const roles = rolesOf(attributes.get(ROLE) ?? []);
  if (roles.length === 0) throw refusedResponse("it holds no role for AWS");
  return { assertion: new Secret(base64), roles, sessionSeconds: secondsOf(attributes.get(SESSION)?.[0]) };
}

/** What AWS would not take is not asked for. */
function secondsOf(text = ""): number | undefined {
  const seconds = /^\s*\d{1,6}\s*$/.test(text) ? Number(text) : NaN;
  return seconds >= 900 && seconds <= 43_200 ? seconds : undefined;
}
