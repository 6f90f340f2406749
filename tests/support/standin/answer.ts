/** What the stand-in sends back, and what it does to the connection meanwhile. */
export interface StandinAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly delayMs?: number;
  readonly until?: Promise<unknown>;
  /** "reset": closed without an answer. "cut": closed before the promised length. */
  readonly connection?: "reset" | "cut";
}

export function jsonAnswer(value: unknown): StandinAnswer {
  return { status: 200, type: "application/json", body: JSON.stringify(value) };
}

export function xmlAnswer(body: string): StandinAnswer {
  return { status: 200, type: "text/xml", body };
}

export interface StandinError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** Query protocol services answer in XML. */
  readonly service?: string;
}

export function errorAnswer(error: StandinError): StandinAnswer {
  const { status, code, message } = error;
  if (error.service === "sts") {
    const type = status >= 500 ? "Receiver" : "Sender";
    const inner = `<Type>${type}</Type><Code>${code}</Code><Message>${escapeXml(message)}</Message>`;
    const body =
      `<ErrorResponse xmlns="${STS}"><Error>${inner}</Error><RequestId>${REQUEST_ID}</RequestId></ErrorResponse>`;
    return { status, type: "text/xml", body, headers: { "x-amzn-RequestId": REQUEST_ID } };
  }
  return {
    status,
    type: "application/json",
    body: JSON.stringify({ message, __type: code }),
    headers: { "x-amzn-ErrorType": code, "x-amzn-RequestId": REQUEST_ID },
  };
}

export const STS = "https://sts.amazonaws.com/doc/2011-06-15/";
export const REQUEST_ID = "00000000-0000-4000-8000-000000000000";

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
