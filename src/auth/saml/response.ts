import { Parser } from "htmlparser2";
import { Secret } from "../../secret.ts";
import { lenientUtf8 } from "../../formats/text/utf8.ts";
import { AppError } from "../../errors.ts";
import { hideInAnswer } from "../../hidden_texts.ts";
import { isRoleArn, parseArn } from "../../aws/names/arn.ts";

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
  if (status !== undefined) throw refusedResponse(`the identity provider refused: ${status}`);
  if (encrypted) throw refusedResponse("it is encrypted, so that only AWS can read its roles");
  const roles = parseRoles(attributes.get(ROLE) ?? []);
  if (roles.length === 0) throw refusedResponse("it contains no AWS role");
  return { assertion: new Secret(base64), roles, sessionSeconds: parseSeconds(attributes.get(SESSION)?.[0]) };
}

/** What AWS would not take is not asked for. */
function parseSeconds(text = ""): number | undefined {
  const seconds = /^\s*\d{1,6}\s*$/.test(text) ? Number(text) : NaN;
  return seconds >= 900 && seconds <= 43_200 ? seconds : undefined;
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithSAML.html */
const LONGEST = 100_000;

interface DecodedResponse {
  readonly base64: string;
  readonly xml: string;
}

/** Base64, lines broken or not, or the XML itself. AppError "login-denied" for anything else, and for more than AWS takes. */
export function decodeResponse(given: Secret): DecodedResponse {
  const text = given.reveal().replace(/^\uFEFF/, "").trim();
  if (text === "") throw refusedResponse("it is empty");
  const base64 = text.startsWith("<") ? new TextEncoder().encode(text).toBase64() : text.replace(/\s+/g, "");
  if (base64.length > LONGEST) throw refusedResponse(`it is longer than the ${LONGEST} characters that AWS takes`);
  const xml = text.startsWith("<") ? text : decodeXml(base64);
  if (!xml.startsWith("<")) throw refusedResponse("it is neither XML nor the base64 of XML");
  return { base64, xml };
}

function decodeXml(base64: string): string {
  try {
    return lenientUtf8(Uint8Array.fromBase64(base64)).replace(/^\uFEFF/, "").trimStart();
  } catch {
    return "";
  }
}

/** Why a SAML response is of no use; nothing of it is quoted, for it is as good as a password. */
function refusedResponse(found: string): AppError {
  return new AppError("login-denied", `Cannot use the SAML response: ${found}`, {
    hint: "Log in again for another one; if it stays so, ask the administrator of the identity provider",
  });
}

/** A role of AWS together with the identity provider of IAM through which it is given. */
export interface SamlRole {
  readonly roleArn: string;
  /** ARN of the SAML provider in IAM. */
  readonly principalArn: string;
}

/** The roles of the attribute's values, each once; what is no pair of ARNs is left out. */
export function parseRoles(values: readonly string[]): readonly SamlRole[] {
  const roles = values.flatMap((value) => parseRole(value) ?? []);
  return [...new Map(roles.map((role) => [`${role.roleArn} ${role.principalArn}`, role])).values()];
}

/** "ROLE,PROVIDER" or the other way round. */
function parseRole(value: string): SamlRole | undefined {
  const arns = value.split(",").map((one) => one.trim());
  const roleArn = arns.find(isRoleArn);
  const principalArn = arns.find(isSamlProvider);
  if (arns.length !== 2 || roleArn === undefined || principalArn === undefined) return undefined;
  return { roleArn, principalArn };
}

function isSamlProvider(text: string): boolean {
  const arn = parseArn(text);
  return arn?.service === "iam" && arn.resource.startsWith("saml-provider/");
}

interface ResponseXml {
  /** Why the identity provider refused; undefined when it did not. */
  readonly status: string | undefined;
  /** Whether its assertion can be read by AWS alone. */
  readonly encrypted: boolean;
  /** The values of each attribute, by its name. */
  readonly attributes: ReadonlyMap<string, readonly string[]>;
}

const SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success";

/**
 * What a SAML response says. AppError "login-denied" for other XML, and for XML with a document type: entities are for
 * attacks here. http://docs.oasis-open.org/security/saml/v2.0/saml-core-2.0-os.pdf
 */
function readResponseXml(xml: string): ResponseXml {
  const reading = new Reading();
  const parser = new Parser({
    onopentag: (name, attributes) => reading.open(local(name), attributes),
    ontext: (text) => reading.text(text),
    onclosetag: (name) => reading.close(local(name)),
    onprocessinginstruction(name) {
      if (name.startsWith("!")) throw refusedResponse("it has a document type");
    },
  }, { xmlMode: true });
  parser.end(xml);
  return reading.result();
}

/** Prefixes are anybody's choice. */
function local(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

class Reading {
  readonly #attributes = new Map<string, string[]>();
  readonly #codes: string[] = [];
  #root: string | undefined;
  #encrypted = false;
  #attribute: string | undefined;
  #message = "";
  #text: string | undefined;

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    this.#root ??= name;
    if (this.#root !== "Response") throw refusedResponse("it is XML of another kind");
    if (name === "StatusCode") this.#codes.push(attributes["Value"] ?? "");
    if (name === "EncryptedAssertion") this.#encrypted = true;
    if (name === "Attribute") this.#attribute = attributes["Name"];
    if (name === "AttributeValue" || name === "StatusMessage") this.#text = "";
  }

  text(text: string): void {
    if (this.#text !== undefined) this.#text += text;
  }

  close(name: string): void {
    if (name === "Attribute") this.#attribute = undefined;
    if (name === "StatusMessage") this.#message = this.#text?.trim() ?? "";
    if (name === "AttributeValue" && this.#attribute !== undefined) this.#value(this.#attribute, this.#text ?? "");
    if (name === "AttributeValue" || name === "StatusMessage") this.#text = undefined;
  }

  result(): ResponseXml {
    const refused = this.#codes.length > 0 && this.#codes[0] !== SUCCESS;
    const code = this.#codes.map((one) => one.slice(one.lastIndexOf(":") + 1)).join(", ");
    return {
      status: refused ? hideInAnswer(this.#message || code).slice(0, 200) : undefined,
      encrypted: this.#encrypted && this.#attributes.size === 0,
      attributes: this.#attributes,
    };
  }

  #value(name: string, value: string): void {
    this.#attributes.set(name, [...this.#attributes.get(name) ?? [], value]);
  }
}
