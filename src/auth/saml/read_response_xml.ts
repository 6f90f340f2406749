import { Parser } from "htmlparser2";
import { refusedResponse } from "./refused_response.ts";

export interface ResponseXml {
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
export function readResponseXml(xml: string): ResponseXml {
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
      status: refused ? (this.#message || code).slice(0, 200) : undefined,
      encrypted: this.#encrypted && this.#attributes.size === 0,
      attributes: this.#attributes,
    };
  }

  #value(name: string, value: string): void {
    this.#attributes.set(name, [...this.#attributes.get(name) ?? [], value]);
  }
}
