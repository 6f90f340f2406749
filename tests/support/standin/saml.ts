const AUDIENCE = "https://signin.aws.amazon.com/saml";

export interface SamlProof {
  /** The assertion's XML. */
  readonly xml: string;
  readonly roleArn: string;
  readonly principalArn: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Why AWS does not take an assertion: too old, for somebody else, without the role. Its signature is not looked at. */
export function samlRefusal({ xml, roleArn, principalArn, now }: SamlProof): readonly [string, string] | undefined {
  if (!xml.includes(":Response ")) return undefined;
  const until = /NotOnOrAfter="([^"]+)"/.exec(xml)?.[1] ?? "";
  if (!(Date.parse(until) > now)) {
    return ["ExpiredTokenException", "Token must be redeemed within 5 minutes of issuance"];
  }
  if (/<saml:Audience>([^<]*)</.exec(xml)?.[1] !== AUDIENCE) {
    return ["InvalidIdentityToken", "SAML Assertion audience is invalid"];
  }
  const pairs = [...xml.matchAll(/<saml:AttributeValue>([^<]*)</g)].map(([, text]) => text!.split(/\s*,\s*/));
  const given = pairs.some((pair) => pair.includes(roleArn) && pair.includes(principalArn));
  return given ? undefined : ["AccessDenied", "Not authorized to perform sts:AssumeRoleWithSAML"];
}
