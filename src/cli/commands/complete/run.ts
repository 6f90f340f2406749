import type { Needs } from "../../../host/host.ts";
import type { Registry } from "../../args/registry.ts";
import { readBashLine, type Typing } from "../../completion/cursor.ts";
import { bashText, plainText, powershellText } from "../../completion/shell_text.ts";
import type { Offer } from "../../completion/offers.ts";
import { offerAt } from "../../completion/offer_at.ts";
import type { LookHost } from "../../completion/context.ts";

/** What a shell's script asks: where the cursor is, and how the answer is to be written. */
interface Question {
  readonly typing: Typing;
  readonly text: (offer: Offer) => string;
}

/** COMP_TYPE of bash: the list after a second TAB, and the two that list at once. */
const LISTS = ["?", "!", "@"].map((char) => String(char.charCodeAt(0)));

interface CompleteInput {
  readonly registry: Registry;
  readonly args: readonly string[];
}

/**
 * `atmos complete`: answers the completion scripts: `-- WORDS` (zsh, fish), `bash -- LINE TEXT TYPE COLUMNS`,
 * `powershell BASE64`. Never fails: what cannot be answered is nothing.
 */
export async function runComplete(host: LookHost & Needs<"sys" | "terminal">, input: CompleteInput): Promise<number> {
  host.terminal.out(await answer(host, input));
  return 0;
}

async function answer(host: LookHost & Needs<"sys">, { registry, args }: CompleteInput): Promise<string> {
  try {
    const question = parseQuestion(args);
    if (question === undefined) return "";
    return question.text(await offerAt(host, { registry, typing: question.typing }));
  } catch {
    return "";
  }
}

function parseQuestion([asker, ...rest]: readonly string[]): Question | undefined {
  if (asker === "--") return { typing: parseTyping(rest), text: plainText };
  if (asker === "bash") return bashQuestion(rest);
  return asker === "powershell" ? powershellQuestion(rest) : undefined;
}

function bashQuestion([, text = "", replaced = "", type = "", columns = ""]: readonly string[]): Question {
  const line = readBashLine(text, replaced);
  const asked = { line, listing: LISTS.includes(type), columns: Number(columns) || 80 };
  return { typing: line.typing, text: (offer) => bashText(offer, asked) };
}

/** The words with the program's own, a line each: no version of PowerShell hands on empty words and quotes as they are. */
function powershellQuestion([encoded = ""]: readonly string[]): Question {
  const bytes = Uint8Array.fromBase64(encoded);
  const typing = parseTyping(new TextDecoder().decode(bytes).split("\n").slice(1));
  return { typing, text: (offer) => powershellText(offer, typing.current) };
}

function parseTyping(words: readonly string[]): Typing {
  return { before: words.slice(0, -1), current: words.at(-1) ?? "" };
}
