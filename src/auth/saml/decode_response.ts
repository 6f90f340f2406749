import { lenientUtf8 } from "../../formats/text/utf8.ts";
import type { Secret } from "../../secret.ts";
import { refusedResponse } from "./refused_response.ts";

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithSAML.html */
const LONGEST = 100_000;

export interface DecodedResponse {
  readonly base64: string;
  readonly xml: string;
}

/** Base64, lines broken or not, or the XML itself. AppError "login-denied" for anything else, and for more than AWS takes. */
export function decodeResponse(given: Secret): DecodedResponse {
  const text = given.reveal().replace(/^\uFEFF/, "").trim();
  if (text === "") throw refusedResponse("it is empty");
  const base64 = text.startsWith("<") ? new TextEncoder().encode(text).toBase64() : text.replace(/\s+/g, "");
  if (base64.length > LONGEST) throw refusedResponse(`it is longer than the ${LONGEST} characters that AWS takes`);
  const xml = text.startsWith("<") ? text : xmlOf(base64);
  if (!xml.startsWith("<")) throw refusedResponse("it is neither XML nor the base64 of XML");
  return { base64, xml };
}

function xmlOf(base64: string): string {
  try {
    return lenientUtf8(Uint8Array.fromBase64(base64)).replace(/^\uFEFF/, "").trimStart();
  } catch {
    return "";
  }
}
